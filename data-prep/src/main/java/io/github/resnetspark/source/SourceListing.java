package io.github.resnetspark.source;

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
}
