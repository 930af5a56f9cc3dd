package io.github.resnetspark.source.format;

import io.github.resnetspark.source.SourceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Which class gets which number. */
final class ClassNumbering {
    private ClassNumbering() {}

    /**
     * The classes by number: as the labels say, else in the order of a list of synsets, else sorted, which for ILSVRC2012 is the
     * same as its list.
     *
     * @param found the classes of the source
     * @param labels from the recipe; may be empty
     * @param synsets the list; may be empty, and longer than what is found
     * @throws SourceException if the list lacks a class
     */
    static List<String> of(Collection<String> found, List<String> labels, List<String> synsets) {
        if (!labels.isEmpty()) {
            return labels;
        }
        if (synsets.isEmpty()) {
            return found.stream().sorted().toList();
        }
        List<String> strangers = new ArrayList<>(found);
        strangers.removeAll(new HashSet<>(synsets));
        if (!strangers.isEmpty()) {
            throw new SourceException("The list of prepare.synsets lacks " + String.join(", ", strangers)
                    + ". Complete it, or leave it out to have the classes sorted.");
        }
        return synsets.stream().filter(new HashSet<>(found)::contains).toList();
    }
}
