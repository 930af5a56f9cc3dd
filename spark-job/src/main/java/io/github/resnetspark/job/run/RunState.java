package io.github.resnetspark.job.run;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that a run hands from one round to the next, and all that a checkpoint must hold of it: what comes next is a
 * function of this and of the {@link TrainingPlan}.
 *
 * @param position how far the run is
 * @param network what the next round begins with
 * @param outer what the outer step hands on
 * @param best the best validation so far; nothing before the first one
 * @param totals of all rounds
 * @param epochTotals of the rounds of the epoch under way, or of the last one where none is
 * @param progress of the validations
 * @param started when the run began, by the clock of the driver that began it
 */
record RunState(
        Position position,
        AveragedState network,
        OuterStep.State outer,
        Optional<BestModel> best,
        Totals totals,
        Totals epochTotals,
        EarlyStop.Progress progress,
        Instant started) {

    static RunState beginning(NetworkState start, Instant started) {
        return new RunState(
                Position.START,
                AveragedState.of(start),
                OuterStep.State.NONE,
                Optional.empty(),
                Totals.NONE,
                Totals.NONE,
                EarlyStop.Progress.NONE,
                started);
    }

    RunState afterRound(OuterStep.Result next, RoundMetrics round) {
        return new RunState(
                new Position(position.epoch(), round.position(), round.round()),
                next.network(),
                next.outer(),
                best,
                totals.plus(round),
                (position.example() == 0 ? Totals.NONE : epochTotals).plus(round),
                progress,
                started);
    }

    RunState afterEpoch(Optional<BestModel> bestNow, EarlyStop.Progress progressNow) {
        return new RunState(
                Position.startOf(position.epoch() + 1),
                network,
                outer,
                bestNow,
                totals,
                epochTotals,
                progressNow,
                started);
    }

    TrainingOutcome outcome() {
        NetworkState last = network.get();
        return new TrainingOutcome(
                best.map(BestModel::parameters).orElse(last.parameters()),
                best.map(BestModel::validation),
                last,
                position.epoch(),
                totals.examples(),
                totals.seconds(),
                epochTotals.lossSum() / epochTotals.examples());
    }

    /**
     * The best that a run had so far.
     *
     * @param parameters of the network then
     * @param validation how good it was
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
    record BestModel(float[] parameters, ValidationMetrics validation) {}

    /**
     * Sums over rounds.
     *
     * @param examples that were trained on
     * @param seconds wall-clock time
     * @param lossSum the cross-entropy of all examples, in nats, summed
     */
    record Totals(long examples, double seconds, double lossSum) {
        static final Totals NONE = new Totals(0, 0, 0);

        Totals plus(RoundMetrics round) {
            return new Totals(
                    examples + round.examples(), seconds + round.seconds(), lossSum + round.loss() * round.examples());
        }
    }
}
