package io.github.resnetspark.onnx;

import io.github.resnetspark.failure.Failure;
import java.io.IOException;

/** A network cannot be written as an ONNX model. The message says what is wrong and what to do. */
public final class OnnxException extends IOException implements Failure {
    private static final long serialVersionUID = 1;

    OnnxException(String message) {
        super(message);
    }

    OnnxException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Kind kind() {
        return Kind.DATA;
    }
}
