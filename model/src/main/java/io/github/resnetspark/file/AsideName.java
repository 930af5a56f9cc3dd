package io.github.resnetspark.file;

import java.util.Optional;
import java.util.UUID;

/**
 * Names of files and directories that are not whole yet: {@code .NAME.writing-…} beside the place that one named {@code NAME}
 * will have, hidden, and never the same one twice. A process that was killed leaves it behind.
 */
public final class AsideName {
    private static final String WRITING = ".writing-";

    private AsideName() {}

    /** A new name for what will be called {@code name}. */
    public static String of(String name) {
        return "." + name + unnamed();
    }

    /** A new name, {@code .writing-…}, that does not say what it is for. */
    public static String unnamed() {
        return WRITING + UUID.randomUUID();
    }

    /** What a file was to be called that has such a name; nothing if its name is another one. */
    public static Optional<String> target(String fileName) {
        int end = fileName.startsWith(".") ? fileName.indexOf(WRITING, 1) : -1;
        return end < 0 ? Optional.empty() : Optional.of(fileName.substring(1, end));
    }

    /** Whether a name is one that {@link #unnamed} makes. */
    public static boolean isUnnamed(String fileName) {
        return fileName.startsWith(WRITING);
    }
}
