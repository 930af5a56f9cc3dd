package io.github.resnetspark.source;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;

/** A set of labelled pictures. */
public interface PictureSource {
    /** How the pictures are arranged; never {@link SourceFormat#AUTO}. */
    SourceFormat format();

    /**
     * One line per file of the source, to distinguish it from other sources. A line has the name, the length and the
     * SHA-256 if there are few files, or the name, the length and the modification time if there are many.
     */
    List<String> inventory() throws IOException;

    /**
     * Lists every picture with its label.
     *
     * @param staging a directory that does not exist yet, for sources that must be unpacked
     * @param work runs work on many files in parallel
     * @throws SourceException if labels, lengths or folders are not as expected
     */
    SourceListing list(Path staging, ParallelWork work) throws IOException;

    /** What users should know about a source that is usable. */
    default SourceNotes notes() throws IOException {
        return SourceNotes.NONE;
    }

    /**
     * What is unusual about a source that is usable.
     *
     * @param passedOver what is not read
     * @param warnings sentences about what may not be intended
     */
    record SourceNotes(PassedOver passedOver, List<String> warnings) {
        /** Nothing is unusual. */
        public static final SourceNotes NONE = new SourceNotes(PassedOver.NONE, List.of());

        public SourceNotes {
            warnings = List.copyOf(warnings);
        }
    }

    /** Applies a function to many items in parallel. */
    interface ParallelWork {
        /**
         * Applies a function to each item.
         *
         * @param doing a description for the log, such as "Reading archives"
         * @param function must be serializable, like the items and the results
         * @return the results in the order of the items
         */
        <T, R> List<R> run(String doing, List<T> items, Function<T, R> function);
    }
}
