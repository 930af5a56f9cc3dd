package io.github.resnetspark.source;

import java.util.List;

/**
 * All pictures of a source.
 *
 * @param classNames by class number
 * @param train in file order
 * @param validation in file order
 * @param reader how to read them
 * @param ignored how many files were neither pictures nor anything else that belongs there
 */
public record SourceListing(
        List<String> classNames,
        List<SourceExample> train,
        List<SourceExample> validation,
        PictureReader reader,
        int ignored) {
    public SourceListing {
        classNames = List.copyOf(classNames);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }
}
