package io.github.resnetspark.job.cli.frame;

import java.net.URISyntaxException;
import java.net.URL;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.spark.internal.Logging$;

/**
 * Configures the log of a process that Spark has started: our own lines, and of everything else only warnings and errors. Spark's
 * default would hide our lines among hundreds of its own. The site's configuration of Log4j wins if it names our logger.
 */
public final class ReadableLog {
    private static final String OUR_LOGGER = "io.github.resnetspark";
    /** A copy of conf/log4j2.properties. In this folder of the jar, Log4j does not find it by itself. */
    private static final String FILE = "log4j2.properties";

    private ReadableLog() {}

    /** Has no effect if the log is configured for us already, or if another library than Log4j writes it. */
    public static void configure() {
        try {
            if (LogManager.getContext(false) instanceof LoggerContext log && !namesUs(log.getConfiguration())) {
                URL file = Objects.requireNonNull(ReadableLog.class.getResource(FILE), FILE);
                // Spark 4 would return to its default, which spark-submit has used, when the context is created.
                Logging$.MODULE$.uninitialize();
                Logging$.MODULE$.org$apache$spark$internal$Logging$$defaultSparkLog4jConfig_$eq(false);
                log.setConfigLocation(file.toURI());
            }
        } catch (LinkageError e) {
            // Log4j was replaced, so the log is the site's own.
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean namesUs(Configuration site) {
        return site.getLoggers().keySet().stream()
                .anyMatch(name -> name.equals(OUR_LOGGER) || name.startsWith(OUR_LOGGER + "."));
    }
}
