package io.github.resnetspark.source;

/** A source that cannot be used; the message is a sentence on what is wrong and one on what to do. */
public class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A source of which more pictures than allowed turned out to be unusable, after all of them were read. */
    public static final class RejectedPicturesException extends SourceException {
        private static final long serialVersionUID = 1L;

        public RejectedPicturesException(String message) {
            super(message);
        }
    }
}
