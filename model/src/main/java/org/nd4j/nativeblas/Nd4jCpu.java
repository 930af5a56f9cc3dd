package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Stands where ND4J M2.1's own class of this name stood before it moved. DL4J's layer helpers look it up by this name and,
 * not finding it, would all switch themselves off.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** What the layer helpers ask of the backend. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** Called by the layer helpers, by reflection. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the oneDNN kernels of the native library may be used: yes, on the CPU backend. */
        public boolean isUseMKLDNN() {
            return Nd4j.getEnvironment().isCPU();
        }
    }
}
