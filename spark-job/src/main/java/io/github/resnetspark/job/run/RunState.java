package io.github.resnetspark.job.run;

import io.github.resnetspark.job.balance.SpeedBalance;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import java.time.Instant;
import java.util.Optional;

/**
 * The complete state of a run between two rounds, which is what a checkpoint must contain. The rest of the run depends
 * only on this and on the {@link TrainingPlan}.
 *
 * @param position position of the run
 * @param network start of the next round
 * @param outer state of the outer step
 * @param best the best model so far; empty before the first validation
 * @param totals sums over all rounds
 * @param epochTotals sums over the rounds of the current epoch, or of the last one between epochs
 * @param progress for early stopping
 * @param balance how the next rounds are split between the workers
 * @param started when the run was started, by the clock of the driver that started it
 */
record RunState(
        Position position,
        AveragedState network,
        OuterStep.State outer,
        Optional<BestModel> best,
        Totals totals,
        Totals epochTotals,
        EarlyStop.Progress progress,
        SpeedBalance balance,
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
                SpeedBalance.EVEN,
                started);
    }

    /** The same without the momentum of SGD, which a network then starts with as 0. */
    RunState withoutMomentum() {
        return new RunState(
                position,
                AveragedState.of(new NetworkState(network.get().parameters(), new float[0])),
                outer,
                best,
                totals,
                epochTotals,
                progress,
                balance,
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
                balance,
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
                balance,
                started);
    }

    /** The same with another split of the next rounds. */
    RunState withBalance(SpeedBalance balanceNow) {
        return new RunState(position, network, outer, best, totals, epochTotals, progress, balanceNow, started);
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
     * The best model of a run so far.
     *
     * @param parameters parameters of the network
     * @param validation its validation
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of floats, never compared.
    record BestModel(float[] parameters, ValidationMetrics validation) {}

    /**
     * Sums over rounds.
     *
     * @param examples number of examples
     * @param seconds wall-clock time
     * @param lossSum sum of the cross-entropy of all examples, in nats
     */
    record Totals(long examples, double seconds, double lossSum) {
        static final Totals NONE = new Totals(0, 0, 0);

        Totals plus(RoundMetrics round) {
            return new Totals(
                    examples + round.examples(), seconds + round.seconds(), lossSum + round.loss() * round.examples());
        }
    }
}
