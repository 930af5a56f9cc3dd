package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigValue;

/** Makes a typed value of a written one. */
@FunctionalInterface
interface Conversion<T> {
    /**
     * The typed value.
     *
     * @throws NotAcceptable with what the value must be, where it is not that
     */
    T from(ConfigValue value) throws NotAcceptable;

    /** Says what a value must be, in words that follow «must be». */
    final class NotAcceptable extends Exception {
        private static final long serialVersionUID = 1L;

        NotAcceptable(String mustBe) {
            super(mustBe);
        }
    }
}
