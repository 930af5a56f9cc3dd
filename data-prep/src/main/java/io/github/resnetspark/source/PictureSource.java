package io.github.resnetspark.source;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;

/** Labelled pictures somewhere. */
public interface PictureSource {
    /** How the pictures are arranged; never {@link SourceFormat#AUTO}. */
    SourceFormat format();

    /**
     * The source's files, one line each, so that one source is told from another: by name, length and SHA-256 where they are
     * few, and by name, length and time of modification where they are many.
     */
    List<String> inventory() throws IOException;

    /**
     * Lists every picture with its label.
     *
     * @param staging a directory that does not exist yet, for sources that must be unpacked
     * @param work does what must be done to many files
     * @throws SourceException if labels, lengths or folders are not what they must be
     */
    SourceListing list(Path staging, ParallelWork work) throws IOException;

    /** What the user should know about the source although it can be used. */
    default SourceNotes notes() throws IOException {
        return SourceNotes.NONE;
    }

    /**
     * What is odd about a source that can be used all the same.
     *
     * @param passedOver what is not read
     * @param warnings sentences on what may not be meant
     */
    record SourceNotes(PassedOver passedOver, List<String> warnings) {
        /** Nothing is. */
        public static final SourceNotes NONE = new SourceNotes(PassedOver.NONE, List.of());

        public SourceNotes {
            warnings = List.copyOf(warnings);
        }
    }

    /** Does the same to many items at once, wherever there are hands. */
    interface ParallelWork {
        /**
         * Applies a function to each item.
         *
         * @param doing what is done, for the log, such as «Reading archives»
         * @param function travels to where the work is done, as do the items, and the results back
         * @return the results in the order of the items
         */
        <T, R> List<R> run(String doing, List<T> items, Function<T, R> function);
    }
}
