package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigException;

/** The configuration library's own explanation, made to stand inside a sentence. */
final class SyntaxMessage {
    private SyntaxMessage() {}

    static String of(ConfigException exception) {
        String message = exception.getMessage();
        if (exception.origin() != null) {
            String prefix = exception.origin().description() + ": ";
            if (message.startsWith(prefix)) {
                message = message.substring(prefix.length());
            }
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
