package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.job.LocalSpark;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.CheckpointRhythm;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.input.GeneratedShards;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.recipe.CheckpointSettings;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.LearningRateSchedule.Warmup;
import io.github.resnetspark.job.schedule.Schedule;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped by real signals to this process, and runs that give up. */
class StoppedRunTest {
    private static final int PICTURES = 100;
    private static final int EPOCHS = 2;
    private static final ResNetSpec NETWORK = GeneratedShards.NETWORK;
    private static final GraphState LAYOUT = new GraphState(ResNet.create(NETWORK, 5));

    @TempDir
    static Path shared;

    private static JavaSparkContext spark;
    private static MinibatchSource training;
    private static MinibatchSource validation;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        spark = LocalSpark.open(2);
        training = GeneratedShards.source(GeneratedShards.write(shared.resolve("t"), Split.TRAIN, PICTURES, 40, 7));
        validation = GeneratedShards.source(GeneratedShards.write(shared.resolve("v"), Split.VALIDATION, 30, 30, 8));
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void aSignalBeforeAValidationSavesTheStateForIt() throws IOException {
        try (StopSignals signals = StopSignals.listen()) {
            signals.defer();
            assertThatThrownBy(() -> train(signals, WorkerSupply.fixed(2), new Listener() {
                        @Override
                        public void onTrainingError(TrainingListener.TrainingError metrics) {
                            terminateThisProcess(signals);
                        }
                    }))
                    .isInstanceOf(FailureException.class)
                    .hasMessage(TrainingFailures.stopped(
                            "SIGTERM",
                            0,
                            2,
                            PICTURES,
                            checkpoints().place(new Position(0, PICTURES, 7)).toString()));
        }
        assertThat(checkpoints().newestIntact().orElseThrow().position()).isEqualTo(new Position(0, PICTURES, 7));
    }

    @Test
    void aSignalWhileWaitingForSlotsSavesACheckpoint() throws IOException {
        try (StopSignals signals = StopSignals.listen()) {
            signals.defer();
            IntSupplier slots = slotsOfTwoRounds(() -> terminateThisProcess(signals));

            assertThatThrownBy(() -> train(signals, supply(Duration.ofHours(1), slots), new Listener()))
                    .isInstanceOf(FailureException.class)
                    .hasMessage(TrainingFailures.stopped(
                            "SIGTERM",
                            0,
                            2,
                            32,
                            checkpoints().place(new Position(0, 32, 2)).toString()));
        }
        assertThat(checkpoints().newestIntact().orElseThrow().position()).isEqualTo(new Position(0, 32, 2));
    }

    @Test
    void aRunThatGivesUpWaitingHasSavedEverything() throws IOException {
        IntSupplier slots = slotsOfTwoRounds(() -> {});

        assertThatThrownBy(() -> train(StopSignals.none(), supply(Duration.ofSeconds(2), slots), new Listener()))
                .isInstanceOf(FailureException.class)
                .hasMessage(TrainingFailures.tooFewSlots(2, 1, Duration.ofSeconds(2)));

        assertThat(checkpoints().newestIntact().orElseThrow().position()).isEqualTo(new Position(0, 32, 2));
    }

    /** Two slots for two rounds, then one. */
    private static IntSupplier slotsOfTwoRounds(Runnable then) {
        AtomicInteger asked = new AtomicInteger();
        return () -> {
            int looks = asked.incrementAndGet();
            if (looks == 4) {
                then.run();
            }
            return looks <= 2 ? 2 : 1;
        };
    }

    private static WorkerSupply supply(Duration wait, IntSupplier slots) {
        return new WorkerSupply(2, 3, wait, slots, System::nanoTime);
    }

    private static void terminateThisProcess(StopSignals signals) {
        try {
            new ProcessBuilder(
                            "bash",
                            "-c",
                            "kill -TERM $0",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            while (signals.received().isEmpty()) {
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does nothing. */
    private static class Listener implements TrainingListener {}

    private CheckpointDirectory checkpoints() {
        return new CheckpointDirectory(
                Storage.of(new Configuration()), new org.apache.hadoop.fs.Path(folder.toUri()), () -> {});
    }

    private void train(StopSignals signals, WorkerSupply workers, TrainingListener listener) {
        CheckpointKeeper keeper = new CheckpointKeeper(
                checkpoints(),
                new RunIdentity(new TreeMap<>(), "aaaa"),
                CheckpointRhythm.of(new CheckpointSettings(1000, Duration.ofHours(1), 3)),
                3,
                signals,
                EPOCHS);
        TrainingPlan plan = plan();
        try {
            new AveragingTrainer(spark, plan, listener, workers)
                    .train(RunState.beginning(LAYOUT.withoutMomentum(), Instant.now()), LAYOUT.moments(), keeper);
        } finally {
            ReplicaPool.close(plan.replica().run());
        }
    }

    /** Rounds of two workers with one minibatch of 8 pictures each, and the training error at each validation. */
    private TrainingPlan plan() {
        return TrainingPlan.builder(
                        new ReplicaSpec(folder.toString(), NETWORK, 0.9, 1e-3),
                        training,
                        Schedule.COSINE.of(new Schedule.Settings(0.05, EPOCHS, new Warmup(0.5, 0.001), List.of(), 1)))
                .validation(Optional.of(validation), 1)
                .epochs(EPOCHS)
                .workers(2, 8)
                .averaging(AveragingRule.plain(1))
                .order(2, 1)
                .sample(Optional.of(new TrainingPlan.Sample(training, 16)))
                .build();
    }
}
