package io.github.resnetspark.message.job;

/** Facts about a cluster and a network that other messages embed. */
public final class PreflightReasons {
    private PreflightReasons() {}

    /** How an executor's program differs from the driver's. */
    public static String difference(String what, String executors, String drivers) {
        return what + " " + executors + " instead of " + drivers;
    }

    /** {@code side}: the smallest side of a picture inside the network, in pixels. */
    static String shrinks(int input, long side) {
        return "a picture of " + input + " × " + input + " pixels becomes " + side + " × " + side + " in the network";
    }
}
