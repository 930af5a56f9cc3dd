package io.github.resnetspark.job.checkpoint;

import io.github.resnetspark.job.recipe.CheckpointSettings;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Determines when a checkpoint is due: after a number of rounds or a time since the last one, whichever comes first.
 */
public final class CheckpointRhythm {
    private final int everyRounds;
    private final Duration every;
    private final LongSupplier nanoTime;

    private int rounds;
    private long last;

    /** With a recipe's settings, starting now. */
    public static CheckpointRhythm of(CheckpointSettings settings) {
        return new CheckpointRhythm(settings.everyRounds(), settings.every(), System::nanoTime);
    }

    /** @param nanoTime a monotonic clock */
    CheckpointRhythm(int everyRounds, Duration every, LongSupplier nanoTime) {
        this.everyRounds = everyRounds;
        this.every = every;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Counts a round, and returns whether a checkpoint is due after it. */
    public boolean dueAfterRound() {
        rounds++;
        return rounds >= everyRounds || nanoTime.getAsLong() - last >= every.toNanos();
    }

    /** Starts counting again, after a checkpoint was written. */
    public void written() {
        rounds = 0;
        last = nanoTime.getAsLong();
    }
}
