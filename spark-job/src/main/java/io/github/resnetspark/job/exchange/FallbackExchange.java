package io.github.resnetspark.job.exchange;

import io.github.resnetspark.message.job.ExchangeNotices;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
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
            AveragedState onDriver;
            try {
                onDriver = start.onlyOnDriver();
                current.close();
            } catch (RuntimeException also) {
                e.addSuppressed(also);
                throw e;
            }
            fallBack(e);
            return current.round(onDriver, tasks);
        }
    }

    private static boolean doesNotLink(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IncompatibleClassChangeError && isBetweenSparkAndThis(cause.getStackTrace())) {
                return true;
            }
        }
        return false;
    }

    /** Such an error is thrown where something is called that is not there; elsewhere it is that of another library. */
    private static boolean isBetweenSparkAndThis(StackTraceElement... trace) {
        return trace.length > 0
                && Stream.of(FallbackExchange.class.getPackageName(), SparkContext.class.getPackageName())
                        .anyMatch(ours -> trace[0].getClassName().startsWith(ours + "."));
    }

    private void fallBack(Throwable e) {
        LOG.warn(ExchangeNotices.fallsBack(e.toString()));
        fellBack = true;
        current = second.get();
    }

    @Override
    public void close() {
        current.close();
    }
}
