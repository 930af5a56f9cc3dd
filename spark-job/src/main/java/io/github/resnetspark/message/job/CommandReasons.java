package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** Why the value of an option is refused, in words that follow the name of the option and a colon. */
public final class CommandReasons {
    private CommandReasons() {}

    public static String notOneOf(String value, String choices) {
        return "'" + ShownText.start(value) + "' must be one of " + choices;
    }
}
