package io.github.resnetspark.job.registry;

import java.io.IOException;
import java.time.Instant;

/** Is told of a promotion just before it happens, and may write it down or prevent it by throwing. */
@FunctionalInterface
public interface PromotionWitness {
    /** Does nothing. */
    PromotionWitness NONE = (version, moved) -> {};

    /**
     * Called when nothing is left to do but to move {@code CURRENT}.
     *
     * @param version that it is about to name
     * @param moved when it was last moved, as {@link Registry#moved} says
     */
    void before(String version, Instant moved) throws IOException;
}
