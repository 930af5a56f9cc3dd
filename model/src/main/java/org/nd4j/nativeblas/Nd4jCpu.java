package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Replaces ND4J's class of this name, which has moved to another package in M2.1. DL4J's layer helpers look it up by this name and
 * disable themselves if it is missing.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** The part of the backend's environment that the layer helpers query. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** Called by the layer helpers, by reflection. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the oneDNN kernels of the native library may be used: true on the CPU backend. */
        public boolean isUseMKLDNN() {
            return Nd4j.getEnvironment().isCPU();
        }
    }
}
