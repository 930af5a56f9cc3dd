package io.github.resnetspark.job.watch;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.message.job.TrainingNotices;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest figures of a training as metrics of Spark, on the driver. What has not been measured yet is NaN, or 0 if it
 * is a count. Names are those of {@code metrics.jsonl}.
 */
public final class TrainingGauges implements TrainingListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingGauges.class);

    private final JavaSparkContext spark;
    private final Optional<SparkMetrics> metrics;

    private volatile RoundMetrics round;
    private volatile ValidationMetrics averaged;
    private volatile ValidationMetrics ema;
    private volatile TrainingError trainingError;

    private TrainingGauges(JavaSparkContext spark, Optional<SparkMetrics> metrics) {
        this.spark = spark;
        this.metrics = metrics;
    }

    /** Starts to show them, until they are closed. If Spark refuses, the training continues without them. */
    public static TrainingGauges open(JavaSparkContext spark) {
        try {
            SparkMetrics metrics = new SparkMetrics();
            TrainingGauges gauges = new TrainingGauges(spark, Optional.of(metrics));
            gauges.addTo(metrics);
            if (spark.isLocal()) {
                // The driver is the only executor.
                ExecutorGauges.addTo(metrics.metricRegistry());
            }
            spark.sc().addSparkListener(metrics);
            metrics.register();
            return gauges;
        } catch (LinkageError | RuntimeException e) { // Of a Spark with other internals.
            LOG.warn(TrainingNotices.withoutSparkMetrics(e.toString()));
            return new TrainingGauges(spark, Optional.empty());
        }
    }

    private void addTo(SparkMetrics source) {
        MetricRegistry registry = source.metricRegistry();
        ofRound(registry, "epoch", RoundMetrics::epoch);
        ofRound(registry, "round", RoundMetrics::round);
        ofRound(registry, "position", RoundMetrics::position);
        ofRound(registry, "epochExamples", RoundMetrics::epochExamples);
        ofRound(registry, "workers", RoundMetrics::workers);
        measured(registry, "loss", RoundMetrics::loss);
        measured(registry, "learningRate", RoundMetrics::learningRate);
        measured(registry, "imagesPerSecond", RoundMetrics::imagesPerSecond);
        measured(registry, "seconds", RoundMetrics::seconds);
        measured(registry, "broadcastSeconds", RoundMetrics::broadcastSeconds);
        measured(registry, "loadSeconds", RoundMetrics::loadSeconds);
        measured(registry, "computeSeconds", RoundMetrics::computeSeconds);
        measured(registry, "waitSeconds", RoundMetrics::waitSeconds);
        measured(registry, "serializeSeconds", RoundMetrics::serializeSeconds);
        measured(registry, "shuffleSeconds", RoundMetrics::shuffleSeconds);
        measured(registry, "reduceSeconds", RoundMetrics::reduceSeconds);
        measured(registry, "driverSeconds", RoundMetrics::driverSeconds);
        measured(registry, "averageSeconds", RoundMetrics::averageSeconds);
        add(registry, "top1", () -> figure(averaged, ValidationMetrics::top1));
        add(registry, "top5", () -> figure(averaged, ValidationMetrics::top5));
        add(registry, "validationLoss", () -> figure(averaged, ValidationMetrics::loss));
        add(registry, "emaTop1", () -> figure(ema, ValidationMetrics::top1));
        add(registry, "emaTop5", () -> figure(ema, ValidationMetrics::top5));
        add(registry, "emaValidationLoss", () -> figure(ema, ValidationMetrics::loss));
        add(registry, "trainingTop1", () -> figure(trainingError, TrainingError::top1));
        add(registry, "executorsLost", source::executorsLost);
        add(registry, "roundsRedone", source::roundsRedone);
    }

    private void ofRound(MetricRegistry registry, String name, ToLongFunction<RoundMetrics> figure) {
        add(registry, name, () -> {
            RoundMetrics newest = round;
            return newest == null ? 0L : figure.applyAsLong(newest);
        });
    }

    private void measured(MetricRegistry registry, String name, ToDoubleFunction<RoundMetrics> figure) {
        add(registry, name, () -> figure(round, figure));
    }

    private static <T> double figure(T newest, ToDoubleFunction<T> figure) {
        return newest == null ? Double.NaN : figure.applyAsDouble(newest);
    }

    /** Sinks get numbers only: for a text or nothing, Spark's page for Prometheus would be invalid. */
    static void add(MetricRegistry registry, String name, Gauge<? extends Number> gauge) {
        registry.register(name, gauge);
    }

    @Override
    public void onRound(RoundMetrics newest) {
        round = newest;
    }

    @Override
    public void onTrainingError(TrainingError newest) {
        trainingError = newest;
    }

    @Override
    public void onValidation(ValidationMetrics newest) {
        if (newest.weights() == ValidationMetrics.Parameters.EMA) {
            ema = newest;
        } else {
            averaged = newest;
        }
    }

    @Override
    public void close() {
        metrics.ifPresent(source -> {
            spark.sc().removeSparkListener(source);
            source.remove();
        });
    }
}
