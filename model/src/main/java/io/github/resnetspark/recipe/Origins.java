package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import io.github.resnetspark.text.FullStop;

/**
 * Formats the location of a value as compilers do ({@code conf/quickstart.conf:12}), and the library's explanation of
 * an error there.
 */
final class Origins {
    /** The prefix of the origin of an override. */
    static final String OVERRIDE = "--set ";

    private Origins() {}

    static String location(ConfigOrigin origin) {
        String description = origin.description();
        int line = origin.lineNumber();
        if (line < 1) {
            return description;
        }
        String suffix = ": " + line;
        String source = description.endsWith(suffix)
                ? description.substring(0, description.length() - suffix.length())
                : description;
        return source.startsWith(OVERRIDE) ? source : source + ":" + line;
    }

    /** The configuration library's explanation without the location and the full stop. */
    static String message(ConfigException exception) {
        String message = exception.getMessage();
        if (exception.origin() != null) {
            String prefix = exception.origin().description() + ": ";
            if (message.startsWith(prefix)) {
                message = message.substring(prefix.length());
            }
        }
        return FullStop.removed(message);
    }
}
