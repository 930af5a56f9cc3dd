package io.github.resnetspark.job.checkpoint;

import java.io.IOException;

/** Whether a place is still this run's, to be asked before every step there that other runs could see. */
@FunctionalInterface
public interface Ownership {
    /**
     * Does nothing if it is.
     *
     * @throws RuntimeException if another run took it over
     * @throws IOException if that cannot be told
     */
    void require() throws IOException;
}
