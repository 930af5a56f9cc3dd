package io.github.resnetspark.job.run;

import io.github.resnetspark.message.job.TrainingNotices;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals that ask a process to end, SIGTERM and SIGINT. After {@link #defer}, the first signal is only
 * recorded, so that the run can save its state. A second one, or one at any other time, ends the process at once.
 *
 * <p>A shutdown hook would be too late, because Spark's own hook stops the context at the same time.
 */
public final class StopSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    /** By convention, the exit code after a signal is 128 + the number of the signal. */
    private static final int EXIT_CODE = 128;

    private final AtomicReference<String> received = new AtomicReference<>();
    private final IntConsumer exit;
    private volatile boolean deferring;

    StopSignals(IntConsumer exit) {
        this.exit = exit;
    }

    /** Installs the handlers, in place of any earlier ones. */
    public static StopSignals listen() {
        StopSignals signals = new StopSignals(System::exit);
        for (String name : List.of(IrqHandler.SIGTERM, IrqHandler.CONTROL_C)) {
            try {
                new IrqHandler(name, signal -> signals.receive("SIG" + name, EXIT_CODE + signal.getNumber())).bind();
            } catch (IllegalArgumentException e) {
                LOG.debug(TrainingNotices.signalUnavailable("SIG" + name), e);
            }
        }
        return signals;
    }

    /** No handlers, for runs that are stopped in another way. */
    public static StopSignals none() {
        return new StopSignals(System::exit);
    }

    /** From now on, the first signal is only recorded, because there is state to save first. */
    public void defer() {
        deferring = true;
    }

    /** From now on, a signal ends the process at once, because there is nothing to save. */
    public void endAtOnce() {
        deferring = false;
    }

    /** The name of the recorded signal; empty if there is none. */
    public Optional<String> received() {
        return Optional.ofNullable(received.get());
    }

    void receive(String name, int exitCode) {
        if (deferring && received.compareAndSet(null, name)) {
            LOG.warn(TrainingNotices.stopping(name));
        } else {
            exit.accept(exitCode);
        }
    }

    @Override
    public void close() {
        endAtOnce();
    }
}
