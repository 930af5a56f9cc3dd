package io.github.resnetspark.source;

import java.io.Serializable;

/**
 * One labelled picture of a source, not yet read.
 *
 * @param file relative to the source's root
 * @param record its number within the file, from 0; {@link #WHOLE_FILE} if the file is the picture
 * @param label the number of its class
 * @param bytes its length in the source
 */
public record SourceExample(String file, int record, int label, long bytes) implements Serializable {
    /** The {@code record} of a picture that is a file of its own. */
    public static final int WHOLE_FILE = -1;

    /** What shards call it: {@code n01440764/x.JPEG}, or {@code data_batch_1.bin#123}. */
    public String path() {
        return record == WHOLE_FILE ? file : file + "#" + record;
    }
}
