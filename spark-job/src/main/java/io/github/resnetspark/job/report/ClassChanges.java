package io.github.resnetspark.job.report;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;

import io.github.resnetspark.job.promote.Comparison;
import io.github.resnetspark.job.promote.Comparison.ClassChange;
import io.github.resnetspark.page.PageTable;
import io.github.resnetspark.text.ShownText;
import j2html.tags.DomContent;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How well each class is recognised by two models, and the classes that only one of them has. */
final class ClassChanges {
    private static final int MOST = 40;

    private ClassChanges() {}

    /** @param before what to call the current version, which there is */
    static DomContent of(Comparison comparison, String before) {
        return section(
                h2("Classes"),
                recalls(comparison.changes(), before),
                ownClasses(
                        comparison.current().orElseThrow().model().labels(),
                        comparison.candidate().model().labels(),
                        before));
    }

    private static DomContent recalls(List<ClassChange> changes, String before) {
        PageTable table = new PageTable(1, "class", "pictures", before, "new model", "points");
        changes.stream()
                .sorted(Comparator.comparingDouble(ClassChanges::gain))
                .limit(MOST)
                .forEach(change -> table.cells(List.of(
                        text(ShownText.line(change.label())),
                        text(String.format(Locale.ROOT, "%,d", change.examples())),
                        text(recall(change.currentCorrect(), change.examples())),
                        text(recall(change.candidateCorrect(), change.examples())),
                        change.examples() == 0 ? text("–") : Difference.points(gain(change)))));
        String order =
                "The share of each class's pictures that a model gets right (recall), and the difference in percentage points."
                        + " The largest losses come first.";
        return section(
                p(changes.size() <= MOST ? order : order + " Shown are " + MOST + " of " + changes.size() + " classes.")
                        .withClass("note"),
                table.html());
    }

    /** Of recall; a class without pictures comes last. */
    private static double gain(ClassChange change) {
        return change.examples() == 0 ? Double.POSITIVE_INFINITY : (double) change.won() / change.examples();
    }

    private static String recall(long correct, long examples) {
        return examples == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * correct / examples);
    }

    private static DomContent ownClasses(List<String> old, List<String> now, String before) {
        List<String> gone = without(old, now);
        List<String> added = without(now, old);
        if (gone.size() == old.size()) {
            return p("The models share no class name, so their classes are compared by number.");
        }
        return section(
                gone.isEmpty() ? text("") : p("Only " + before + " knows: " + listed(gone) + "."),
                added.isEmpty() ? text("") : p("Only the new model knows: " + listed(added) + "."));
    }

    private static List<String> without(List<String> some, List<String> others) {
        Set<String> known = new HashSet<>(others);
        return some.stream().filter(name -> !known.contains(name)).toList();
    }

    private static String listed(List<String> names) {
        return ShownText.first(names.stream().map(ShownText::start).toList());
    }
}
