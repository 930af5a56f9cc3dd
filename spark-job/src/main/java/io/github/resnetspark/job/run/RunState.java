package io.github.resnetspark.job.run;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;
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
        OuterState outer,
        Optional<Best> best,
        Totals totals,
        Totals epochTotals,
        EarlyStop.Progress progress,
        Instant started) {

    static RunState beginning(NetworkState start, Instant started) {
        return new RunState(
                Position.START,
                AveragedState.of(start),
                OuterState.NONE,
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

    RunState afterEpoch(Optional<Best> bestNow, EarlyStop.Progress progressNow) {
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
                best.map(Best::parameters).orElse(last.parameters()),
                best.map(Best::validation),
                last,
                position.epoch(),
                totals.examples(),
                totals.seconds(),
                epochTotals.lossSum() / epochTotals.examples());
    }
}
