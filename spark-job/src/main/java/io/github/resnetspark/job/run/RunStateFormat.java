package io.github.resnetspark.job.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.checkpoint.CheckpointDirectory;
import io.github.resnetspark.job.checkpoint.RunIdentity;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The format of a {@link RunState} in a checkpoint. docs/operations.md lists the names. */
final class RunStateFormat {
    private static final String PARAMETERS = "parameters";
    private static final String UPDATER_STATE = "updater-state";
    private static final String BEST_PARAMETERS = "best-parameters";

    private static final String OUTER_VELOCITY = "outer-velocity";
    private static final String EMA_PARAMETERS = "ema-parameters";
    private static final String EMA_ROUNDS = "emaRounds";
    private static final String TOTALS = "totals";
    private static final String EPOCH_TOTALS = "epochTotals";
    private static final String PROGRESS = "earlyStop";
    private static final String BALANCE = "balance";
    private static final String BEST_VALIDATION = "bestValidation";
    private static final String STARTED = "started";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunStateFormat() {}

    static CheckpointDirectory.Checkpoint toCheckpoint(RunState state, RunIdentity run) {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        NetworkState network = state.network().get();
        vectors.put(PARAMETERS, network.parameters());
        vectors.put(UPDATER_STATE, network.updaterState());
        vectors.put(OUTER_VELOCITY, state.outer().velocity());
        vectors.put(EMA_PARAMETERS, state.outer().ema());
        ObjectNode progress =
                JSON.createObjectNode().put(EMA_ROUNDS, state.outer().rounds());
        progress.put(STARTED, state.started().toString());
        progress.set(TOTALS, JSON.valueToTree(state.totals()));
        progress.set(EPOCH_TOTALS, JSON.valueToTree(state.epochTotals()));
        progress.set(PROGRESS, JSON.valueToTree(state.progress()));
        if (!state.balance().equals(SpeedBalance.EVEN)) {
            progress.set(BALANCE, JSON.valueToTree(state.balance()));
        }
        state.best().ifPresent(best -> {
            if (best.parameters() != network.parameters()) {
                vectors.put(BEST_PARAMETERS, best.parameters());
            }
            progress.set(BEST_VALIDATION, JSON.valueToTree(best.validation()));
        });
        return new CheckpointDirectory.Checkpoint(state.position(), run, progress, vectors);
    }

    static RunState fromCheckpoint(CheckpointDirectory.Checkpoint checkpoint) {
        Map<String, float[]> vectors = checkpoint.vectors();
        ObjectNode progress = checkpoint.progress();
        try {
            Optional<RunState.BestModel> best = progress.has(BEST_VALIDATION)
                    ? Optional.of(new RunState.BestModel(
                            vectors.getOrDefault(BEST_PARAMETERS, vectors.get(PARAMETERS)),
                            JSON.treeToValue(progress.get(BEST_VALIDATION), ValidationMetrics.class)))
                    : Optional.empty();
            return new RunState(
                    checkpoint.position(),
                    AveragedState.of(new NetworkState(vectors.get(PARAMETERS), vectors.get(UPDATER_STATE))),
                    new OuterStep.State(
                            vectors.get(OUTER_VELOCITY),
                            vectors.get(EMA_PARAMETERS),
                            progress.path(EMA_ROUNDS).asLong()),
                    best,
                    JSON.treeToValue(progress.get(TOTALS), RunState.Totals.class),
                    JSON.treeToValue(progress.get(EPOCH_TOTALS), RunState.Totals.class),
                    JSON.treeToValue(progress.get(PROGRESS), EarlyStop.Progress.class),
                    progress.has(BALANCE)
                            ? JSON.treeToValue(progress.get(BALANCE), SpeedBalance.class)
                            : SpeedBalance.EVEN,
                    Instant.parse(progress.path(STARTED).asText()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
