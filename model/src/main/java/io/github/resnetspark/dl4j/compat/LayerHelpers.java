package io.github.resnetspark.dl4j.compat;

import java.lang.reflect.Field;
import java.util.function.Supplier;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.LayerHelper;

/**
 * DL4J's layer helpers. A layer looks for its helper once, when it is created, and only if a system property allows it, which it
 * does not by default. Create or load a network with DL4J's own helpers inside {@link #enabled}. To use other helpers, pass them to
 * the finished layers with {@link #give}.
 */
public final class LayerHelpers {
    private LayerHelpers() {}

    /** Runs {@code make}. The layers that it creates have DL4J's helpers. */
    public static <T> T enabled(Supplier<T> make) {
        return with("false", make);
    }

    /** Runs {@code make}. The layers that it creates have no helpers, which is DL4J's default. */
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
     * Sets a layer's helper by reflection. DL4J offers no other way: a layer creates its helper from a fixed list of class names.
     *
     * @param declaring DL4J's class of the layer, which declares the field
     */
    public static void give(Layer layer, Class<? extends Layer> declaring, LayerHelper helper) {
        try {
            Field field = declaring.getDeclaredField("helper");
            field.setAccessible(true);
            field.set(layer, helper);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DL4J's " + declaring.getSimpleName() + " has no field for a helper", e);
        }
    }
}
