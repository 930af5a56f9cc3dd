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
 * Listens for the signals that ask a process to end, SIGTERM and SIGINT. While something has to be kept first, which
 * {@link #defer} says, the first one is only noted. Any other ends the process at once.
 *
 * <p>A shutdown hook would come too late: Spark's own hook stops the context at the same time.
 */
public final class StopSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    /** A process that a signal ended has by custom the exit code 128 + the signal's number. */
    private static final int EXIT_CODE = 128;

    private final AtomicReference<String> received = new AtomicReference<>();
    private final IntConsumer exit;
    private volatile boolean deferring;

    StopSignals(IntConsumer exit) {
        this.exit = exit;
    }

    /** Begins to listen, in place of whoever listened before. */
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

    /** Does not listen: for runs that somebody else stops. */
    public static StopSignals none() {
        return new StopSignals(System::exit);
    }

    /** From here on something is lost if it is not kept first: the first signal is only noted. */
    public void defer() {
        deferring = true;
    }

    /** From here on nothing is: a signal ends the process at once. */
    public void endAtOnce() {
        deferring = false;
    }

    /** The name of the signal that asked for the end; nothing if none was noted. */
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
