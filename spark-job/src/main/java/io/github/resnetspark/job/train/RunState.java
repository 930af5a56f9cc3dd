package io.github.resnetspark.job.train;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.worker.NetworkState;
import java.util.Optional;

/**
 * Everything that a run hands from one round to the next, and all that a checkpoint must hold of it: what comes next is a
 * function of this and of the {@link TrainingPlan}.
 *
 * @param position how far the run is
 * @param network what the next round begins with
 * @param best the best validation so far; nothing before the first one
 * @param totals of all rounds
 * @param epochTotals of the rounds of the epoch under way, or of the last one where none is
 */
record RunState(Position position, NetworkState network, Optional<Best> best, Totals totals, Totals epochTotals) {

    static RunState beginning(NetworkState start) {
        return new RunState(Position.START, start, Optional.empty(), Totals.NONE, Totals.NONE);
    }

    RunState afterRound(NetworkState averaged, RoundMetrics round) {
        return new RunState(
                new Position(position.epoch(), round.position(), round.round()),
                averaged,
                best,
                totals.plus(round),
                (position.example() == 0 ? Totals.NONE : epochTotals).plus(round));
    }

    RunState afterEpoch(Optional<Best> bestNow) {
        return new RunState(Position.startOf(position.epoch() + 1), network, bestNow, totals, epochTotals);
    }

    TrainingOutcome outcome() {
        return new TrainingOutcome(
                best.map(Best::parameters).orElse(network.parameters()),
                best.map(Best::validation),
                network,
                totals.examples(),
                totals.seconds(),
                epochTotals.lossSum() / epochTotals.examples());
    }
}
