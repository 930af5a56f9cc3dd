package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.source.SourceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Assigns numbers to classes. */
final class ClassNumbering {
    private ClassNumbering() {}

    /**
     * The classes by number: in the order of {@code labels} if there are any, else in the order of the synset list,
     * else sorted. For ILSVRC2012 sorting gives the same order as its list.
     *
     * @param found the classes of the source
     * @param labels from the recipe; may be empty
     * @param synsets the synset list; may be empty, and may have more classes than were found
     * @throws SourceException if the synset list does not contain all classes
     */
    static List<String> of(Collection<String> found, List<String> labels, List<String> synsets) {
        if (!labels.isEmpty()) {
            return labels;
        }
        if (synsets.isEmpty()) {
            return found.stream().sorted().toList();
        }
        List<String> unlisted = new ArrayList<>(found);
        unlisted.removeAll(new HashSet<>(synsets));
        if (!unlisted.isEmpty()) {
            throw new SourceException(LabelFailures.incompleteOrder(unlisted));
        }
        return synsets.stream().filter(new HashSet<>(found)::contains).toList();
    }
}
