package io.github.resnetspark.image;

/** What is wrong with a JPEG, as the end of a sentence. Thrown far inside and caught by {@link JpegScans}, so without a trace. */
final class JpegDamageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JpegDamageException(String what) {
        super(what, null, false, false);
    }
}
