package io.github.resnetspark.source;

/** A source of which more pictures than allowed turned out to be unusable, after all of them were read. */
public final class RejectedPicturesException extends SourceException {
    private static final long serialVersionUID = 1L;

    public RejectedPicturesException(String message) {
        super(message);
    }
}
