package io.github.resnetspark.job.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The results of an evaluation, and the data set.
 *
 * @param data the pictures of the evaluation
 * @param labels names of the model's classes, in the order of its outputs
 * @param counts the results, for at least one picture
 */
public record EvaluationReport(EvaluatedData data, List<String> labels, EvaluationCounts counts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public EvaluationReport {
        labels = List.copyOf(labels);
    }

    /** The counts for each class, in the order of the labels. */
    public List<ConfusionMatrix.ClassCounts> classes() {
        return counts.confusion().byClass(labels.size());
    }

    /** The object that docs/bundle-format.md specifies. */
    public ObjectNode toJson() {
        ObjectNode json =
                counts.toJson().put("calibrationError", counts.calibration().error());
        json.set("data", data.toJson());
        json.set("classes", classFigures());
        json.set("confusion", confusion());
        json.set("calibration", calibration());
        return json;
    }

    private ArrayNode classFigures() {
        ArrayNode figures = JSON.createArrayNode();
        List<ConfusionMatrix.ClassCounts> classes = classes();
        for (int label = 0; label < classes.size(); label++) {
            ConfusionMatrix.ClassCounts of = classes.get(label);
            ObjectNode figure = figures.addObject()
                    .put("label", labels.get(label))
                    .put("examples", of.examples())
                    .put("predicted", of.predicted())
                    .put("correct", of.correct());
            of.recall().ifPresent(recall -> figure.put("recall", recall));
            of.precision().ifPresent(precision -> figure.put("precision", precision));
        }
        return figures;
    }

    private ArrayNode confusion() {
        ArrayNode cells = JSON.createArrayNode();
        counts.confusion().cells().forEach((cell, count) -> cells.addArray()
                .add(cell.actual())
                .add(cell.predicted())
                .add(count));
        return cells;
    }

    private ArrayNode calibration() {
        ArrayNode bins = JSON.createArrayNode();
        for (int bin = 0; bin < Calibration.BINS; bin++) {
            Calibration.Bin of = counts.calibration().bins().get(bin);
            if (of.examples() > 0) {
                bins.addObject()
                        .put("above", (double) bin / Calibration.BINS)
                        .put("upTo", (bin + 1.0) / Calibration.BINS)
                        .put("examples", of.examples())
                        .put("correct", of.correct())
                        .put("meanProbability", of.confidenceSum() / of.examples());
            }
        }
        return bins;
    }

    /**
     * Identifies the pictures of an evaluation. Two evaluations are comparable if these are equal, even if the shards
     * are in different locations.
     *
     * @param name last part of the location of the shards
     * @param split split of the shards
     * @param manifestSha256 SHA-256 of the shards' manifest, which contains the checksums of all shards
     */
    public record EvaluatedData(String name, Split split, String manifestSha256) {
        /** As JSON, for scripts. */
        public ObjectNode toJson() {
            return JSON.createObjectNode()
                    .put("name", name)
                    .put("split", split.key())
                    .put("manifestSha256", manifestSha256);
        }

        /** A split of shards with a known checksum of the manifest. */
        public static EvaluatedData of(URI shards, Split split, String manifestSha256) {
            return new EvaluatedData(new Path(shards).getName(), split, manifestSha256);
        }

        /** A split of shards. Computes the checksum of the manifest. */
        static EvaluatedData of(URI shards, Split split, ShardDirectory directory) throws IOException {
            return of(shards, split, directory.storage().sha256(directory.file(ShardDirectory.MANIFEST)));
        }
    }
}
