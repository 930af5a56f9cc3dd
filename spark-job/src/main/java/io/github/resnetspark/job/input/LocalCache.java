package io.github.resnetspark.job.input;

import java.io.Serializable;

/**
 * Where executors keep row groups on a disk of their own, so that a later epoch need not fetch them again.
 *
 * @param folder on each executor's machine; empty: nowhere
 * @param bytes that all files in it together may have
 */
public record LocalCache(String folder, long bytes) implements Serializable {
    /** Every epoch reads from the shards. */
    public static final LocalCache NONE = new LocalCache("", 0);
}
