package io.github.resnetspark.job.run;

import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.bundle.Provenance;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.checkpoint.CheckpointRhythm;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.evaluate.EvaluationReport;
import io.github.resnetspark.job.evaluate.EvaluationReport.EvaluatedData;
import io.github.resnetspark.job.metrics.MetricsLog;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.metrics.TrainingProgress;
import io.github.resnetspark.job.preflight.NormalizedValues;
import io.github.resnetspark.job.preflight.Preflight;
import io.github.resnetspark.job.preflight.PreflightReport;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.replica.GraphState;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.report.ReportKeeper;
import io.github.resnetspark.job.report.RunDescription;
import io.github.resnetspark.job.tensorboard.TensorBoardLog;
import io.github.resnetspark.job.watch.ExecutorWatch;
import io.github.resnetspark.job.watch.RoundJobs;
import io.github.resnetspark.job.watch.TrainingGauges;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.job.TrainingNotices;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.spark.Attempts.ExecutorsLostException;
import io.github.resnetspark.spark.ShardwiseJob;
import io.github.resnetspark.terminal.ProgressStream;
import io.github.resnetspark.text.ShownText;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains a model: reads a recipe and shards, and writes a model directory. */
public final class TrainingJob {
    /** Name of the directory of TensorBoard's events in the run directory. */
    public static final String TENSORBOARD = "tensorboard";

    /** The command in a model's provenance. */
    static final String COMMAND = "train";

    static final String MANIFEST_SHA256 = "manifestSha256";

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final StopSignals signals;
    private final Optional<TrainingListener> listener;
    private final Optional<PreflightReport> cluster;
    private final Configuration configuration;
    private final ModelDirectory model;
    private final WorkerSupply workers;

    /**
     * @param recipe with {@code data.shards} and {@code model.dir}
     * @param signals may stop the run; handled while there is state to save in a checkpoint
     */
    public TrainingJob(JavaSparkContext spark, Recipe recipe, StopSignals signals) {
        this(spark, recipe, signals, Optional.empty(), Optional.empty());
    }

    /**
     * @param listener is called before all others, and may stop the run by throwing
     * @param cluster report of a check that the caller has just made, which is then not repeated
     */
    public TrainingJob(
            JavaSparkContext spark,
            Recipe recipe,
            StopSignals signals,
            Optional<TrainingListener> listener,
            Optional<PreflightReport> cluster) {
        this.spark = spark;
        this.listener = listener;
        this.cluster = cluster;
        this.recipe = recipe;
        this.signals = signals;
        this.configuration = ShardwiseJob.configuration(spark).value();
        this.model = new ModelDirectory(recipe.modelDirectory().orElseThrow(), configuration);
        this.workers = WorkerSupply.of(spark, recipe.cluster());
    }

    /**
     * Checks everything that can be checked before the first minibatch, then trains and writes the model. If an earlier
     * run with the same recipe and shards was interrupted, resumes from its newest checkpoint.
     *
     * @param initFrom model directory with the initial weights; the head is only used if the classes are the same
     * @param earlier whether to resume an interrupted run
     * @throws RecipeException with all problems that were found before the start
     * @throws FailureException if another run is training the same model, the loss is no longer finite, or a signal
     *     stopped the run
     */
    public TrainingReport run(Optional<URI> initFrom, ExistingCheckpoints earlier) throws IOException {
        try (TrainingLock lock = TrainingLock.take(recipe, configuration)) {
            return run(initFrom, earlier, lock);
        }
    }

    /**
     * The same for callers that already have the lock.
     *
     * @param lock of the model directory; not closed
     */
    public TrainingReport run(Optional<URI> initFrom, ExistingCheckpoints earlier, TrainingLock lock)
            throws IOException {
        Instant started = Instant.now();
        ShardDirectory shards = new ShardDirectory(new Path(recipe.shards().orElseThrow()), configuration);
        RunDirectory directory = new RunDirectory(
                shards.storage(), new Path(recipe.runDirectory().orElseThrow()), lock);
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Optional<InitialWeights> initial = initFrom.map(
                    uri -> new InitialWeights(new ModelDirectory(uri, configuration), recipe.model(), scratch.path()));
            // A resumed run already has weights, and its initial model may have been deleted.
            boolean begins = earlier == ExistingCheckpoints.SET_ASIDE || !directory.hasCheckpoints();
            Manifest manifest = checked(shards, initFrom, begins ? initial : Optional.empty())
                    .manifest();
            if (earlier == ExistingCheckpoints.SET_ASIDE) {
                directory.setAside();
            }
            RunIdentity identity = identity(recipe, shards, initFrom);
            Optional<RunState> continued = directory.state(identity);
            ComputationGraph net = ResNet.create(recipe.model(), recipe.train().seed());
            if (initial.isPresent() && continued.isEmpty()) {
                initial.get().copyTo(net, manifest.classNames());
            }
            RunState start =
                    continued.orElseGet(() -> RunState.beginning(new GraphState(net).withoutMomentum(), started));
            TrainingPlan plan = RecipePlan.of(recipe, manifest, shards, configuration);
            LOG.info(TrainingNotices.begins(
                    recipe.model().displayName(),
                    manifest.examples(Split.TRAIN),
                    plan.epochs(),
                    plan.workers(),
                    plan.replicas(),
                    plan.batchSize(),
                    plan.averaging().every().inWords()));
            // Until here, everything is in a checkpoint or nothing has been done yet.
            signals.defer();
            try {
                RunDescription description = RunDescription.of(recipe, manifest, start.started());
                Trained trained = train(net, plan, directory, lock, identity, start, description);
                BundleContents contents = new BundleContents(
                        recipe.model(),
                        manifest.classNames(),
                        plan.training().preprocessing(),
                        trained.report().metricsJson(),
                        Optional.of(provenance(identity, start.started()).toJson()));
                BundleWriter.write(scratch.resolve("bundle"), contents, net);
                lock.require();
                model.publish(scratch.resolve("bundle"));
                // From here on the model is complete, and there is nothing to resume.
                directory.checkpoints().delete();
                trained.pages().finished();
                return trained.report();
            } finally {
                signals.endAtOnce();
            }
        }
    }

    /**
     * Makes the same checks as {@link #run}, and times a few rounds. Writes nothing.
     *
     * @param initFrom as of {@link #run}
     * @throws RecipeException with all problems
     */
    public DryRun.Report dryRun(Optional<URI> initFrom) throws IOException {
        ShardDirectory shards = new ShardDirectory(new Path(recipe.shards().orElseThrow()), configuration);
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            TrainingChecks.Passed start = checked(
                    shards,
                    initFrom,
                    initFrom.map(uri -> new InitialWeights(
                            new ModelDirectory(uri, configuration), recipe.model(), scratch.path())));
            TrainingPlan plan = RecipePlan.of(recipe, start.manifest(), shards, configuration);
            GraphState layout =
                    new GraphState(ResNet.create(recipe.model(), recipe.train().seed()));
            DryRun.Speed pace = DryRun.measure(spark, plan, workers, layout.withoutMomentum(), layout.moments());
            return new DryRun.Report(recipe.model().displayName(), plan.epochs(), start.preflight(), pace);
        }
    }

    private TrainingChecks.Passed checked(
            ShardDirectory shards, Optional<URI> initFrom, Optional<InitialWeights> initial) throws IOException {
        TrainingChecks.Passed start = TrainingChecks.check(
                recipe,
                shards,
                model,
                FinishedModel.find(recipe, initFrom, configuration),
                initial,
                manifest -> cluster.isPresent()
                        ? cluster.get()
                        : new Preflight(spark, recipe, configuration).run(manifest));
        start.preflight().lines().forEach(LOG::info);
        start.preflight().notes().forEach(LOG::warn);
        NormalizedValues.note(recipe, start.manifest().examples(Split.TRAIN)).ifPresent(LOG::warn);
        return start;
    }

    private Provenance provenance(RunIdentity identity, Instant started) {
        return new Provenance(
                COMMAND,
                started,
                Instant.now(),
                Map.of(
                        "shards",
                        UriText.shown(recipe.shards().orElseThrow()),
                        MANIFEST_SHA256,
                        identity.manifestSha256()),
                identity.settings(),
                Map.of("spark", spark.version()));
    }

    /** The settings and data of a run, as recorded in its checkpoints and its model. */
    static RunIdentity identity(Recipe recipe, ShardDirectory shards, Optional<URI> initFrom) throws IOException {
        NavigableMap<String, String> settings = recipe.settings();
        settings.put("--init-from", initFrom.map(UriText::shown).orElse("none"));
        return new RunIdentity(settings, shards.storage().sha256(shards.file(ShardDirectory.MANIFEST)));
    }

    /** @param pages the run's report, which is not marked as finished before the model is */
    private record Trained(TrainingReport report, ReportKeeper pages) {}

    /** Trains, and writes the best parameters to the network. */
    private Trained train(
            ComputationGraph net,
            TrainingPlan plan,
            RunDirectory directory,
            TrainingLock lock,
            RunIdentity identity,
            RunState start,
            RunDescription description)
            throws IOException {
        GraphState layout = new GraphState(net);
        CheckpointKeeper keeper = new CheckpointKeeper(
                directory.checkpoints(),
                identity,
                CheckpointRhythm.of(recipe.checkpoint()),
                recipe.checkpoint().keep(),
                signals,
                plan.epochs());
        TensorBoardLog.Run facts =
                new TensorBoardLog.Run(identity.settings(), start.started(), plan.examples(), plan.batchSize());
        try (MetricsLog log = directory.openMetrics(start.position());
                TensorBoardLog events = directory.openEvents(facts, start.position());
                TrainingGauges gauges = TrainingGauges.open(spark)) {
            ReportKeeper pages = ReportKeeper.open(directory.storage(), directory.path(), lock, description);
            TrainingOutcome outcome;
            try (ExecutorWatch executors = ExecutorWatch.begin(
                    spark, TrainingListener.all(List.of(log, pages.listener())), start.position(), log.interrupted())) {
                List<TrainingListener> listeners =
                        new ArrayList<>(listener.stream().toList());
                listeners.add(new TrainingLock.Watch(lock));
                listeners.add(executors);
                listeners.add(log);
                listeners.add(pages.listener());
                listeners.add(events);
                listeners.add(gauges);
                listeners.add(new TrainingProgress(
                        plan.epochs(), plan.done(start.position()), System::nanoTime, ProgressStream.current()));
                outcome = new AveragingTrainer(spark, plan, TrainingListener.all(listeners), workers)
                        .train(start, layout.moments(), keeper);
            }
            layout.fill(outcome.bestParameters());
            EvaluatedData data =
                    EvaluatedData.of(recipe.shards().orElseThrow(), Split.VALIDATION, identity.manifestSha256());
            Optional<EvaluationReport> evaluation = finalEvaluation(plan, outcome, data, description.classes(), keeper);
            events.done(outcome.epochs(), evaluation);
            evaluation.map(EvaluationReport::counts).ifPresent(pages::evaluatedModel);
            return new Trained(
                    new TrainingReport(
                            ShownText.line(model.toString()),
                            ShownText.line(directory.metrics().toString()),
                            plan,
                            outcome,
                            evaluation),
                    pages);
        } catch (ExecutorsLostException e) {
            throw new ExecutorsLostException(TrainingFailures.executorsLost(e.getMessage()));
        } finally {
            new RoundJobs(spark).end();
            ReplicaPool.close(plan.replica().run());
        }
    }

    private Optional<EvaluationReport> finalEvaluation(
            TrainingPlan plan,
            TrainingOutcome outcome,
            EvaluatedData data,
            List<String> labels,
            CheckpointKeeper keeper) {
        if (outcome.bestValidation().isEmpty()) {
            return Optional.empty();
        }
        try {
            return new StoppableJobs(spark)
                    .run(keeper::shouldStop, () -> FinalEvaluation.of(spark, plan, outcome, data, labels));
        } catch (StoppableJobs.Cancelled e) {
            throw keeper.stoppedBeforeModel(e);
        }
    }

    /** What to do if an earlier run for the same model directory left checkpoints. */
    public enum ExistingCheckpoints {
        /** Resume from the newest one. */
        CONTINUE,
        /** Start from the beginning, and rename the directory of the earlier run. */
        SET_ASIDE
    }
}
