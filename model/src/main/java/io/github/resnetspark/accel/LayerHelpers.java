package io.github.resnetspark.accel;

import java.util.function.Supplier;
import org.deeplearning4j.config.DL4JSystemProperties;

/**
 * DL4J's oneDNN layer helpers. A layer looks for its helper once, when it is made, and asks a system property whether it
 * may; the property defaults to «no». So whoever makes or loads a network does it inside {@link #enabled}.
 */
public final class LayerHelpers {
    private LayerHelpers() {}

    /** Runs {@code make} so that the layers made in it have their helpers. */
    public static <T> T enabled(Supplier<T> make) {
        return with("false", make);
    }

    /** Runs {@code make} so that the layers made in it have none: DL4J as shipped. */
    public static <T> T disabled(Supplier<T> make) {
        return with("true", make);
    }

    private static synchronized <T> T with(String disabled, Supplier<T> make) {
        String before = System.getProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY);
        System.setProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, disabled);
        try {
            return make.get();
        } finally {
            if (before == null) {
                System.clearProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY);
            } else {
                System.setProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, before);
            }
        }
    }
}
