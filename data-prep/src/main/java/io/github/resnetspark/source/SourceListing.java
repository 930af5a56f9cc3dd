package io.github.resnetspark.source;

import java.io.Serializable;
import java.util.List;

/**
 * All pictures of a source.
 *
 * @param classNames by class number
 * @param train in file order
 * @param validation in file order
 * @param reader how to read them
 */
public record SourceListing(
        List<String> classNames, List<SourceExample> train, List<SourceExample> validation, PictureReader reader) {
    public SourceListing {
        classNames = List.copyOf(classNames);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }

    /**
     * One labelled picture of a source, not yet read.
     *
     * @param path its path in the shards: {@code train/n01440764/x.JPEG} or {@code data_batch_1.bin#123}
     * @param label its class number
     * @param file the file that contains it, relative to the source's root
     * @param offset where it starts in that file, in bytes
     * @param bytes its length in the source
     */
    public record SourceExample(String path, int label, String file, long offset, long bytes) implements Serializable {}
}
