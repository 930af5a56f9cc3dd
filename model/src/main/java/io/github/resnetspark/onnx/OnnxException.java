package io.github.resnetspark.onnx;

import io.github.resnetspark.failure.Failure;
import java.io.IOException;

/** A network that cannot be written as an ONNX model: one sentence with what is wrong and one with the remedy. */
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
