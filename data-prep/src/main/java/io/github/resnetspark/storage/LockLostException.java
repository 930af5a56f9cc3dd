package io.github.resnetspark.storage;

/** The lock was taken over: this run must not write any more. */
public final class LockLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LockLostException(String file) {
        super(file
                + " is no longer this run's: it stood still for so long that another run took the lock over, or somebody"
                + " deleted it. This run ends here. Run the same command again when the other one is done.");
    }
}
