package io.github.resnetspark.dl4j.compat;

import java.lang.reflect.Field;
import java.util.function.Supplier;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.LayerHelper;

/**
 * DL4J's layer helpers. A layer looks for its helper once, when it is made, and asks a system property whether it may; the
 * property defaults to «no». So whoever makes or loads a network that shall have DL4J's own does it inside {@link #enabled};
 * whoever has others gives them to the finished layers with {@link #give}.
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

    /**
     * Gives a layer a helper. DL4J has no other way in: a layer makes its own, from a list of class names that is closed.
     *
     * @param declaring the stock class of the layer, which has the field
     */
    public static void give(Layer layer, Class<? extends Layer> declaring, LayerHelper helper) {
        try {
            Field field = declaring.getDeclaredField("helper");
            field.setAccessible(true);
            field.set(layer, helper);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DL4J's " + declaring.getSimpleName() + " takes no helper", e);
        }
    }
}
