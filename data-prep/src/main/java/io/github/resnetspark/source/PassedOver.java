package io.github.resnetspark.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies in a source and is not read, except for what is known to be nobody's picture.
 *
 * @param counts how much there is of each kind; kinds that there are none of are missing
 * @param extensions how many files that are no pictures have each extension, such as {@code .txt}
 */
public record PassedOver(SortedMap<Kind, Long> counts, SortedMap<String, Long> extensions) {
    /** Nothing was passed over. */
    public static final PassedOver NONE = new PassedOver(new TreeMap<>(), new TreeMap<>());

    private static final int NAMED_EXTENSIONS = 5;

    /** Why something is not read. */
    public enum Kind {
        /** Files whose names begin with a dot. */
        HIDDEN_FILES("hiddenFiles", "hidden file", "hidden files"),
        /** Folders whose names begin with a dot. */
        HIDDEN_FOLDERS("hiddenFolders", "hidden folder", "hidden folders"),
        /** Files without the extension of a picture. */
        NOT_PICTURES("notPictures", "file that is no picture", "files that are no pictures"),
        /** Pictures of which nothing says which class they belong to. */
        OUTSIDE_CLASSES("outsideClasses", "picture outside the class folders", "pictures outside the class folders"),
        /** Links to files or folders that are read already. */
        REPEATED("repeated", "link to what is read already", "links to what is read already"),
        /** Links to what is not there. */
        DEAD_LINKS("deadLinks", "link that leads nowhere", "links that lead nowhere");

        private final String key;
        private final String one;
        private final String many;

        Kind(String key, String one, String many) {
            this.key = key;
            this.one = one;
            this.many = many;
        }
    }

    public PassedOver {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /** Both together. */
    public PassedOver plus(PassedOver other) {
        return new PassedOver(sum(counts, other.counts), sum(extensions, other.extensions));
    }

    /** The same, and so much more of a kind. */
    public PassedOver plus(Kind kind, long count) {
        Counter more = new Counter();
        more.add(kind, count);
        return plus(more.total());
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        SortedMap<K, Long> sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }

    /** How much there is of a kind. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** For scripts: {@code {"hiddenFiles": 3, "notPictures": 2}}. */
    public Map<String, Long> toMap() {
        Map<String, Long> map = new LinkedHashMap<>();
        counts.forEach((kind, count) -> map.put(kind.key, count));
        return map;
    }

    /** Such as «3 hidden files, 2 files that are no pictures (.txt 2)»; empty where there is nothing. */
    public String text() {
        List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> parts.add(String.format(
                Locale.ROOT,
                "%,d %s%s",
                count,
                count == 1 ? kind.one : kind.many,
                kind == Kind.NOT_PICTURES ? " (" + extensionsText() + ")" : "")));
        return String.join(", ", parts);
    }

    private String extensionsText() {
        List<String> parts = extensions.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed())
                .limit(NAMED_EXTENSIONS)
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .toList();
        return String.join(", ", parts) + (extensions.size() > NAMED_EXTENSIONS ? ", and others" : "");
    }

    /** Counts one after the other. */
    static final class Counter {
        private final SortedMap<Kind, Long> counts = new TreeMap<>();
        private final SortedMap<String, Long> extensions = new TreeMap<>();

        void add(Kind kind, long count) {
            if (count > 0) {
                counts.merge(kind, count, Long::sum);
            }
        }

        /** @param extension without the dot; empty if there is none */
        void addNotPicture(String extension) {
            add(Kind.NOT_PICTURES, 1);
            boolean ordinary = extension.matches("[\\w+~-]{1,12}");
            extensions.merge(ordinary ? "." + extension : "no extension", 1L, Long::sum);
        }

        PassedOver total() {
            return new PassedOver(counts, extensions);
        }
    }
}
