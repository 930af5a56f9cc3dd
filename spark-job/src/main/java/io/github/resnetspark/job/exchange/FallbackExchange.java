package io.github.resnetspark.job.exchange;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange until it turns out that this Spark is not made of what it needs, and another one from then on. Spark's internals
 * change between releases without notice.
 */
final class FallbackExchange<C extends RoundTask.Context> implements Exchange<C> {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackExchange.class);

    private final Supplier<Exchange<C>> second;
    private Exchange<C> current;
    private boolean fellBack;

    /**
     * Begins with the first one.
     *
     * @param first may throw a {@link LinkageError}
     * @param second is made only where it is needed
     */
    FallbackExchange(Supplier<Exchange<C>> first, Supplier<Exchange<C>> second) {
        this.second = second;
        try {
            current = first.get();
        } catch (LinkageError e) {
            fallBack(e);
        }
    }

    @Override
    public Result round(AveragedState start, List<? extends RoundTask<C>> tasks) {
        try {
            return current.round(start, tasks);
        } catch (RuntimeException | LinkageError e) {
            if (fellBack || !doesNotLink(e)) {
                throw e;
            }
            AveragedState onDriver = start.onlyOnDriver();
            current.close();
            fallBack(e);
            return current.round(onDriver, tasks);
        }
    }

    /** Any other error of linkage may be one of the network's own libraries. */
    private static boolean doesNotLink(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IncompatibleClassChangeError) {
                return true;
            }
        }
        return false;
    }

    private void fallBack(Throwable e) {
        LOG.warn(
                "Spark's internals are not those that this was built for ({}); states go through the driver from now on,"
                        + " which is slower.",
                e.toString());
        fellBack = true;
        current = second.get();
    }

    @Override
    public void close() {
        current.close();
    }
}
