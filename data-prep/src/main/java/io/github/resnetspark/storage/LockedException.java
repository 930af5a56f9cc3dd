package io.github.resnetspark.storage;

/** Somebody else holds the lock. */
public final class LockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    LockedException(String file, LockOwner owner) {
        super(file + " is held by " + owner.inWords()
                + ". Wait until that run is done, or delete the file if there is no such run.");
        this.owner = owner.inWords();
    }

    /** Who holds it, such as {@code process 12 on node7, since 2026-01-02T03:04:05Z}. */
    public String owner() {
        return owner;
    }
}
