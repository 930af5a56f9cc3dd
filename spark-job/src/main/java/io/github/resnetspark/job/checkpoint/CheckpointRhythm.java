package io.github.resnetspark.job.checkpoint;

import io.github.resnetspark.job.recipe.CheckpointSettings;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells when a checkpoint is due: after so many rounds or so much time since the last, whichever is first. */
public final class CheckpointRhythm {
    private final int everyRounds;
    private final Duration every;
    private final LongSupplier nanoTime;

    private int rounds;
    private long last;

    /** A recipe's, from now on. */
    public static CheckpointRhythm of(CheckpointSettings settings) {
        return new CheckpointRhythm(settings.everyRounds(), settings.every(), System::nanoTime);
    }

    /** @param nanoTime a clock that only runs forward */
    CheckpointRhythm(int everyRounds, Duration every, LongSupplier nanoTime) {
        this.everyRounds = everyRounds;
        this.every = every;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Counts a round, and says whether a checkpoint is due after it. */
    public boolean dueAfterRound() {
        rounds++;
        return rounds >= everyRounds || nanoTime.getAsLong() - last >= every.toNanos();
    }

    /** A checkpoint was written: counting begins anew. */
    public void written() {
        rounds = 0;
        last = nanoTime.getAsLong();
    }
}
