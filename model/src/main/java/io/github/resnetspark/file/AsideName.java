package io.github.resnetspark.file;

import java.util.Optional;
import java.util.UUID;

/**
 * Names of incomplete files and directories: {@code .NAME.writing-…} in the same directory as the future {@code NAME}. They are
 * hidden and unique. A killed process leaves them behind.
 */
public final class AsideName {
    private static final String WRITING = ".writing-";

    private AsideName() {}

    /** A new temporary name for a file that will be named {@code name}. */
    public static String of(String name) {
        return "." + name + unnamed();
    }

    /** A new temporary name, {@code .writing-…}, that does not contain the final name. */
    public static String unnamed() {
        return WRITING + UUID.randomUUID();
    }

    /** The final name that a temporary name contains; empty for other names. */
    public static Optional<String> target(String fileName) {
        int end = fileName.startsWith(".") ? fileName.indexOf(WRITING, 1) : -1;
        return end < 0 ? Optional.empty() : Optional.of(fileName.substring(1, end));
    }

    /** Whether {@link #unnamed} created the name. */
    public static boolean isUnnamed(String fileName) {
        return fileName.startsWith(WRITING);
    }
}
