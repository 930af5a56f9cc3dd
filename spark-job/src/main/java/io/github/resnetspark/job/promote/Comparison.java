package io.github.resnetspark.job.promote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.evaluate.ChangedPictures;
import io.github.resnetspark.job.evaluate.ConfusionMatrix;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A new model and the current version, evaluated on the same pictures.
 *
 * @param currentVersion its number; empty if there is none
 * @param current its results; empty if there is none
 * @param candidate the results of the new model
 */
public record Comparison(Optional<String> currentVersion, Optional<Judged> current, Judged candidate) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The pictures and classes of the comparison, with the results of the new model. */
    public EvaluationReport report() {
        return candidate.evaluation().report();
    }

    /** The pictures that only one of both gets right. */
    public ChangedPictures changed() {
        return current.map(model -> model.evaluation().changed()).orElse(ChangedPictures.NONE);
    }

    /** The change of every class, the largest losses first; empty if there is no current version. */
    public List<ClassChange> changes() {
        if (current.isEmpty()) {
            return List.of();
        }
        List<ConfusionMatrix.ClassCounts> before =
                current.get().evaluation().report().classes();
        List<ConfusionMatrix.ClassCounts> after = report().classes();
        List<ClassChange> changes = new ArrayList<>();
        for (int label = 0; label < after.size(); label++) {
            changes.add(new ClassChange(
                    report().labels().get(label),
                    after.get(label).examples(),
                    before.get(label).correct(),
                    after.get(label).correct()));
        }
        changes.sort(Comparator.comparingLong(ClassChange::won));
        return changes;
    }

    /** For scripts. */
    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.set("data", report().data().toJson());
        json.set("candidate", candidate.counts().toJson());
        current.ifPresent(
                model -> json.set("current", model.counts().toJson().put("version", currentVersion.orElse(""))));
        if (current.isPresent()) {
            json.put("newlyWrong", changed().newlyWrong())
                    .put("newlyRight", changed().newlyRight());
        }
        ArrayNode classes = json.putArray("classes");
        for (ClassChange change : changes()) {
            classes.addObject()
                    .put("label", change.label())
                    .put("examples", change.examples())
                    .put("currentCorrect", change.currentCorrect())
                    .put("candidateCorrect", change.candidateCorrect());
        }
        return json;
    }

    /**
     * The change of one class.
     *
     * @param label its name
     * @param examples pictures of it
     * @param currentCorrect of these, how many the current version gets right; 0 for a class that it does not know
     * @param candidateCorrect of these, how many the new model gets right
     */
    public record ClassChange(String label, long examples, long currentCorrect, long candidateCorrect) {
        /** Pictures won, negative if lost. */
        public long won() {
            return candidateCorrect - currentCorrect;
        }
    }
}
