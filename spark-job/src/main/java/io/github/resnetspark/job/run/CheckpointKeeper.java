package io.github.resnetspark.job.run;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.failure.KnownFailure;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.CheckpointRhythm;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.message.job.CheckpointFailures;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints when they are due, after validations, before waiting for slots, and when a signal stops the run.
 */
final class CheckpointKeeper implements RunKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);

    private final CheckpointDirectory checkpoints;
    private final RunIdentity run;
    private final CheckpointRhythm rhythm;
    private final int keep;
    private final StopSignals signals;
    private final int epochs;
    private Optional<Position> written = Optional.empty();

    /** @param epochs number of epochs of the run; after the last one there is nothing to stop */
    CheckpointKeeper(
            CheckpointDirectory checkpoints,
            RunIdentity run,
            CheckpointRhythm rhythm,
            int keep,
            StopSignals signals,
            int epochs) {
        this.checkpoints = checkpoints;
        this.run = run;
        this.rhythm = rhythm;
        this.keep = keep;
        this.signals = signals;
        this.epochs = epochs;
    }

    @Override
    public void afterRound(RunState state) {
        boolean due = rhythm.dueAfterRound();
        if (shouldStop()) {
            end(state);
        } else if (due) {
            write(state);
            stopIfAsked(state);
        }
    }

    @Override
    public void afterEpoch(RunState state, boolean validated) {
        boolean goesOn = state.position().epoch() < epochs;
        if (validated || (goesOn && signals.received().isPresent())) {
            write(state);
        }
        if (goesOn) {
            stopIfAsked(state);
        }
    }

    /** Nothing is lost, however the wait ends. */
    @Override
    public void whileWaiting(RunState state) {
        if (shouldStop()) {
            end(state);
        }
        if (state.network().isThere()) {
            writeUnlessWritten(state);
        }
    }

    @Override
    public boolean shouldStop() {
        return signals.received().isPresent();
    }

    @Override
    public void end(RunState state) {
        state.network().settle();
        if (!state.network().isThere()) {
            // Repeating the round would need task slots, which may be missing.
            throw new FailureException(
                    Kind.INTERRUPTED,
                    TrainingFailures.stoppedWithoutAverage(signals.received().orElseThrow()));
        }
        writeUnlessWritten(state);
        stopIfAsked(state);
    }

    /** The failure of a run that {@link #shouldStop} after all epochs are done and saved. */
    FailureException stoppedBeforeModel(Exception cause) {
        return new FailureException(
                Kind.INTERRUPTED,
                TrainingFailures.stoppedBeforeModel(signals.received().orElseThrow(), checkpoints.toString()),
                cause);
    }

    private void writeUnlessWritten(RunState state) {
        if (!written.equals(Optional.of(state.position()))) {
            write(state);
        }
    }

    private void write(RunState state) {
        long begin = System.nanoTime();
        try {
            checkpoints.write(RunStateFormat.toCheckpoint(state, run));
            checkpoints.prune(
                    keep,
                    state.best().map(best -> Position.startOf(best.validation().epoch())));
        } catch (IOException e) {
            throw new FailureException(
                    Kind.ENVIRONMENT,
                    CheckpointFailures.notWritten(
                            checkpoints.place(state.position()).toString(),
                            KnownFailure.explain(e).orElse(e.toString())),
                    e);
        }
        rhythm.written();
        written = Optional.of(state.position());
        LOG.debug(TrainingNotices.checkpointWritten(
                checkpoints.place(state.position()).toString(), (System.nanoTime() - begin) / 1e9));
    }

    private void stopIfAsked(RunState state) {
        signals.received().ifPresent(signal -> {
            Position position = state.position();
            throw new FailureException(
                    Kind.INTERRUPTED,
                    TrainingFailures.stopped(
                            signal,
                            position.epoch(),
                            epochs,
                            position.example(),
                            checkpoints.place(position).toString()));
        });
    }
}
