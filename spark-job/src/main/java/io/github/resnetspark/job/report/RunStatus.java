package io.github.resnetspark.job.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.DurationText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * How a training is doing, by the files of its run directory. Fields that are not known yet are absent.
 *
 * @param run its name
 * @param network name of the network
 * @param state whether it runs
 * @param process the process that runs it, or that was killed
 * @param epochs epochs of the recipe
 * @param epochsDone epochs that are done, with a fraction
 * @param rounds rounds that are done
 * @param loss mean loss of the newest round
 * @param learningRate learning rate of the newest round
 * @param imagesPerSecond speed of the newest rounds
 * @param secondsLeft estimated time until the last epoch is done, if it keeps running
 * @param best the best validation so far
 * @param newestLine when the newest line of its metrics was written
 * @param checkpoint from where it would be resumed
 * @param executorsLost executors that were lost
 * @param interruptions how often it was resumed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunStatus(
        String run,
        String network,
        State state,
        String process,
        Integer epochs,
        double epochsDone,
        int rounds,
        Double loss,
        Double learningRate,
        Double imagesPerSecond,
        Long secondsLeft,
        ValidationMetrics best,
        String newestLine,
        Checkpoint checkpoint,
        int executorsLost,
        int interruptions) {
    /** Rounds whose mean speed is shown. */
    private static final int NEWEST = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The newest checkpoint.
     *
     * @param epochs epochs that are complete
     * @param examples examples of the next that are done
     */
    public record Checkpoint(int epochs, long examples) {}

    /** What a training is doing. */
    public enum State {
        /** A process holds its lock. */
        @JsonProperty("running")
        RUNNING,
        /** The model is complete. */
        @JsonProperty("complete")
        COMPLETE,
        /** It ended before the model was complete. */
        @JsonProperty("interrupted")
        INTERRUPTED
    }

    /**
     * Reads the files of a run.
     *
     * @param directory the run directory, or the model directory that it is next to
     * @throws io.github.resnetspark.failure.FailureException if it is neither
     */
    public static RunStatus of(Configuration configuration, URI directory) throws IOException {
        Storage storage = Storage.of(configuration);
        Path place = RunReport.runDirectory(storage, new Path(directory));
        RunReport run = RunReport.read(storage, place);
        Optional<StorageLock.Holder> holder = StorageLock.holder(storage, place.suffix(Recipe.LOCK_SUFFIX));
        Optional<Position> checkpoint =
                new CheckpointDirectory(storage, new Path(place, CheckpointDirectory.NAME), () -> {}).newest();
        return of(run, holder, checkpoint);
    }

    static RunStatus of(RunReport run, Optional<StorageLock.Holder> holder, Optional<Position> checkpoint) {
        List<RoundPoint> rounds = run.history().rounds();
        Optional<RoundPoint> newest = rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.get(rounds.size() - 1));
        Optional<Integer> epochs = run.description().map(RunDescription::epochs);
        return new RunStatus(
                run.name(),
                run.description().map(RunDescription::network).orElse(null),
                state(run, holder),
                holder.map(StorageLock.Holder::owner).orElse(null),
                epochs.orElse(null),
                run.epochs(),
                rounds.size(),
                newest.map(RoundPoint::loss).orElse(null),
                newest.map(RoundPoint::learningRate).orElse(null),
                newest.map(round -> RoundPoint.imagesPerSecond(
                                rounds.subList(Math.max(0, rounds.size() - NEWEST), rounds.size())))
                        .orElse(null),
                newest.flatMap(round -> epochs)
                        .map(all -> Math.round(run.seconds() / run.epochs() * (all - run.epochs())))
                        .orElse(null),
                run.best().orElse(null),
                run.history().newestLine().orElse(null),
                checkpoint
                        .map(place -> new Checkpoint(place.epoch(), place.example()))
                        .orElse(null),
                run.history().executorsLost(),
                run.history().interruptions());
    }

    private static State state(RunReport run, Optional<StorageLock.Holder> holder) {
        if (holder.isPresent() && holder.get().alive()) {
            return State.RUNNING;
        }
        boolean finished = run.description()
                .map(description -> description.finished() != null)
                .orElse(false);
        return finished ? State.COMPLETE : State.INTERRUPTED;
    }

    /** For {@code --json}. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> report() {
        return JSON.convertValue(this, Map.class);
    }

    /** For people, a line for each thing that is known. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line("run", network == null ? run : run + ", " + network));
        lines.add(line("state", stateInWords()));
        lines.add(line("progress", progress()));
        if (loss != null) {
            lines.add(line("loss", format("%.4f at learning rate %.4g", loss, learningRate)));
            lines.add(line("speed", format("%,.0f images/s", imagesPerSecond)));
        }
        if (state == State.RUNNING && secondsLeft != null) {
            lines.add(line("left", "about " + DurationText.of(secondsLeft)));
        }
        if (best != null) {
            lines.add(line(
                    "best",
                    format(
                            "top-1 %.2f %% after epoch %d%s",
                            100 * best.top1(),
                            best.epoch(),
                            best.weights() == ValidationMetrics.Parameters.EMA ? ", moving average" : "")));
        }
        if (newestLine != null) {
            lines.add(line("newest line", newestLine));
        }
        if (checkpoint != null) {
            lines.add(line(
                    "checkpoint",
                    "after " + Amounts.counted(checkpoint.epochs(), "epoch")
                            + format(" and %,d pictures", checkpoint.examples())));
        }
        if (executorsLost + interruptions > 0) {
            lines.add(line("so far", RunHistory.happened(executorsLost, interruptions)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String stateInWords() {
        return switch (state) {
            case RUNNING -> "running: " + process;
            case COMPLETE -> "complete";
            case INTERRUPTED ->
                "interrupted"
                        + (process == null ? "" : ": " + process + ", was killed")
                        + (checkpoint == null ? "" : ". Run the same command again to continue it");
        };
    }

    private String progress() {
        return epochs == null
                ? format("%.2f epochs, %,d rounds", epochsDone, rounds)
                : format(
                        "%.2f of %d epochs (%.1f %%), %,d rounds",
                        epochsDone, epochs, 100 * epochsDone / epochs, rounds);
    }

    private static String line(String what, String value) {
        return format("%-12s %s", what, value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
