package io.github.resnetspark.source;

import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.data.TableReasons;
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
 * What a source contains but is not read. Files that systems and programs leave behind do not count.
 *
 * @param counts the number per kind; kinds without any are absent
 * @param extensions the number of files that are not pictures, per extension, such as {@code .txt}
 */
public record PassedOver(SortedMap<Kind, Long> counts, SortedMap<String, Long> extensions) {
    /** Nothing is skipped. */
    public static final PassedOver NONE = new PassedOver(new TreeMap<>(), new TreeMap<>());

    private static final int NAMED_EXTENSIONS = 5;

    /** The reasons for skipping something. */
    public enum Kind {
        /** Files whose names begin with a dot. */
        HIDDEN_FILES("hiddenFiles"),
        /** Folders whose names begin with a dot. */
        HIDDEN_FOLDERS("hiddenFolders"),
        /** Files without the extension of a picture. */
        NOT_PICTURES("notPictures"),
        /** Pictures without a class. */
        OUTSIDE_CLASSES("outsideClasses"),
        /** Links to files or folders that are already read. */
        REPEATED("repeated"),
        /** Links whose target does not exist. */
        DEAD_LINKS("deadLinks"),
        /** Rows of a table that name a picture again. */
        REPEATED_ROWS("repeatedRows"),
        /** Rows of a table that belong to the test split. */
        TEST_ROWS("testRows");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    public PassedOver {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /** The sum of both. */
    public PassedOver plus(PassedOver other) {
        return new PassedOver(sum(counts, other.counts), sum(extensions, other.extensions));
    }

    /** These counts with {@code count} more of one kind. */
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

    /** The number of items of one kind. */
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

    /** Such as "3 hidden files, 2 files that are not pictures (.txt 2)"; empty if nothing was skipped. */
    public String text() {
        List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> parts.add(text(kind, count)));
        return String.join(", ", parts);
    }

    private String text(Kind kind, long count) {
        return switch (kind) {
            case HIDDEN_FILES -> SourceReasons.hiddenFiles(count);
            case HIDDEN_FOLDERS -> SourceReasons.hiddenFolders(count);
            case NOT_PICTURES ->
                SourceReasons.notPictures(count, frequentExtensions(), extensions.size() > NAMED_EXTENSIONS);
            case OUTSIDE_CLASSES -> SourceReasons.outsideClasses(count);
            case REPEATED -> SourceReasons.repeated(count);
            case DEAD_LINKS -> SourceReasons.deadLinks(count);
            case REPEATED_ROWS -> TableReasons.repeatedRows(count);
            case TEST_ROWS -> TableReasons.testRows(count);
        };
    }

    private List<String> frequentExtensions() {
        return extensions.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed())
                .limit(NAMED_EXTENSIONS)
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Adds up counts. */
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
            extensions.merge(ordinary ? "." + extension : SourceReasons.noExtension(), 1L, Long::sum);
        }

        PassedOver total() {
            return new PassedOver(counts, extensions);
        }
    }
}
