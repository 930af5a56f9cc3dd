package io.github.resnetspark.source;

import java.util.List;

/**
 * What is odd about a source that can be used all the same.
 *
 * @param passedOver what is not read
 * @param warnings sentences on what may not be meant
 */
public record SourceNotes(PassedOver passedOver, List<String> warnings) {
    /** Nothing is. */
    public static final SourceNotes NONE = new SourceNotes(PassedOver.NONE, List.of());

    public SourceNotes {
        warnings = List.copyOf(warnings);
    }
}
