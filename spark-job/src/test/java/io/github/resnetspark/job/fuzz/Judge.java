package io.github.resnetspark.job.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.weights.WeightsFormatException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Reads one file and judges the reader. It must read the file, or refuse it with a message, quickly and within its memory limit.
 */
final class Judge implements AutoCloseable {
    private static final Set<Class<?>> OURS = Set.of(
            BundleException.class,
            ImageException.class,
            WeightsFormatException.class,
            RecipeException.class,
            ShardException.class,
            SourceException.class);
    private static final int LONGEST_SECONDS = 20;
    private static final int LONGEST_LINE = 1200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}&&[^\\n]]");
    private static final int MOST_SHOWN = 3000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        return thread;
    });

    /** The fault, together with the file. */
    Optional<String> objection(ForeignReader reader, byte[] file) throws InterruptedException {
        Future<Optional<String>> result = worker.submit(() -> {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            Optional<String> thrown = thrown(reader, file);
            long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            return thrown.isEmpty() && taken > reader.mostBytes()
                    ? Optional.of("took " + (taken >> 20) + " MiB")
                    : thrown;
        });
        try {
            return result.get(LONGEST_SECONDS, TimeUnit.SECONDS).map(wrong -> described(reader, file, wrong));
        } catch (TimeoutException e) {
            result.cancel(true);
            return Optional.of(described(reader, file, "took more than " + LONGEST_SECONDS + " s"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private static Optional<String> thrown(ForeignReader reader, byte[] file) {
        try {
            reader.reading().read(file);
            return Optional.empty();
        } catch (Throwable e) {
            if (!OURS.contains(e.getClass())) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                return Optional.of("threw " + trace);
            }
            return fault(String.valueOf(e.getMessage())).map(fault -> fault + ": " + e.getMessage());
        }
    }

    private static Optional<String> fault(String message) {
        if (UNPRINTABLE.matcher(message).find()) {
            return Optional.of("printed control characters");
        }
        if (message.lines().anyMatch(line -> line.length() > LONGEST_LINE)) {
            return Optional.of("wrote a line of more than " + LONGEST_LINE + " characters");
        }
        return message.endsWith(".") || message.endsWith("?")
                ? Optional.empty()
                : Optional.of("did not write a sentence");
    }

    private static String described(ForeignReader reader, byte[] file, String wrong) {
        String shown = wrong.length() > MOST_SHOWN ? wrong.substring(0, MOST_SHOWN) + "…" : wrong;
        return reader.name() + " " + shown + "\nof " + file.length + " bytes: "
                + HexFormat.of().formatHex(Arrays.copyOf(file, Math.min(file.length, MOST_SHOWN)));
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
