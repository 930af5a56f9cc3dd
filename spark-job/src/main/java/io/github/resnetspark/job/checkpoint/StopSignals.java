package io.github.resnetspark.job.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the signals that ask a process to end, SIGTERM and SIGINT. The first one is only noted, so that the round
 * under way can be finished and kept; the second one ends the process at once, as does any after {@link #close}.
 *
 * <p>A shutdown hook would come too late: Spark's own hook stops the context at the same time.
 */
public final class StopSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    /** A process that a signal ended has by custom the exit code 128 + the signal's number. */
    private static final int EXIT_CODE = 128;

    private static final String CLOSED = "";

    private final AtomicReference<String> received = new AtomicReference<>();

    private StopSignals() {}

    /** Begins to listen, in place of whoever listened before. */
    public static StopSignals listen() {
        StopSignals signals = new StopSignals();
        for (String name : List.of(IrqHandler.SIGTERM, IrqHandler.CONTROL_C)) {
            try {
                new IrqHandler(name, signal -> signals.receive("SIG" + name, EXIT_CODE + signal.getNumber())).bind();
            } catch (IllegalArgumentException e) {
                LOG.debug("SIG{} cannot be listened for, so it ends the process at once", name, e);
            }
        }
        return signals;
    }

    /** Does not listen: for runs that somebody else stops. */
    public static StopSignals none() {
        return new StopSignals();
    }

    /** The name of the signal that asked for the end; nothing if none did. */
    public Optional<String> received() {
        return Optional.ofNullable(received.get()).filter(name -> !name.equals(CLOSED));
    }

    void receive(String name, int exitCode) {
        if (received.compareAndSet(null, name)) {
            LOG.warn("{}: finishing this round and writing a checkpoint. A second one stops at once.", name);
        } else {
            System.exit(exitCode);
        }
    }

    @Override
    public void close() {
        received.compareAndSet(null, CLOSED);
    }
}
