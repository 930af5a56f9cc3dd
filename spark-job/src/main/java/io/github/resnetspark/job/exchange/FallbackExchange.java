package io.github.resnetspark.job.exchange;

import io.github.resnetspark.message.job.ExchangeNotices;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses one exchange until it turns out that this version of Spark lacks internals that it needs, and another one after
 * that. Spark's internals change between releases without notice.
 */
final class FallbackExchange<C extends RoundTask.Context> implements Exchange<C> {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackExchange.class);

    private final Supplier<Exchange<C>> second;
    private Exchange<C> current;
    private boolean fellBack;

    /**
     * Starts with the first exchange.
     *
     * @param first may throw a {@link LinkageError}
     * @param second is created only if needed
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

    /** A linkage error is thrown in the class that makes the call. In any other class it belongs to another library. */
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
