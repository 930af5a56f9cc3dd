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
     * @param path what shards call it: {@code train/n01440764/x.JPEG}, or {@code data_batch_1.bin#123}
     * @param label the number of its class
     * @param file that it is in, relative to the source's root
     * @param offset where in the file it begins, in bytes
     * @param bytes its length in the source
     */
    public record SourceExample(String path, int label, String file, long offset, long bytes) implements Serializable {}
}
