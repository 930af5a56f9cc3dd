package io.github.resnetspark.job.run;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;

/**
 * Computes the start of the next round from the workers' average.
 *
 * <p>Outer momentum applies to trained parameters, but never to the running statistics of batch normalization, because
 * these are measured, not optimised. Extrapolating them would give statistics of no actual pictures, and could make a
 * variance negative. They are always taken from the average unchanged.
 */
public final class OuterStep {
    private final AveragingRule rule;
    private final BatchNormMoments moments;

    public OuterStep(AveragingRule rule, BatchNormMoments moments) {
        this.rule = rule;
        this.moments = moments;
    }

    /**
     * The result of a step.
     *
     * @param network start of the next round
     * @param outer input of the next step
     */
    public record Result(AveragedState network, State outer) {}

    /**
     * Makes the step after a round.
     *
     * @param start start of the round
     * @param averaged average of the workers after the round
     * @param before result of the previous step
     */
    public Result after(AveragedState start, AveragedState averaged, State before) {
        if (rule.usesAverage()) {
            // Without a moving average there is no need to wait until the driver has it.
            State outer =
                    rule.ema().isEmpty() ? before : outerState(averaged.get().parameters(), before.velocity(), before);
            return new Result(averaged, outer);
        }
        return after(start.get(), averaged.get(), before);
    }

    private Result after(NetworkState start, NetworkState averaged, State before) {
        float[] parameters = averaged.parameters();
        float[] velocity = before.velocity();
        OuterNesterov outer = rule.outer();
        if (!outer.isPlainAveraging()) {
            // With the statistics of the average at both ends their step is 0, so momentum does not change them.
            float[] from = start.parameters().clone();
            moments.copyStatistics(parameters, from);
            velocity = outer.velocity(velocity.length == 0 ? new float[from.length] : velocity, from, parameters);
            parameters = outer.step(velocity, from, parameters);
        }
        return new Result(
                AveragedState.of(new NetworkState(parameters, averaged.updaterState())),
                outerState(parameters, velocity, before));
    }

    private State outerState(float[] parameters, float[] velocity, State before) {
        return rule.ema()
                .map(ema ->
                        new State(velocity, ema.with(before.ema(), before.rounds(), parameters), before.rounds() + 1))
                .orElse(new State(velocity, before.ema(), before.rounds()));
    }

    /**
     * What {@link OuterStep} passes from one round to the next.
     *
     * @param velocity of the outer momentum {@code [numParams]}; empty without outer momentum
     * @param ema the moving average of the parameters {@code [numParams]}; empty if there is none
     * @param rounds number of rounds in the moving average
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of floats, never compared.
    public record State(float[] velocity, float[] ema, long rounds) {
        public static final State NONE = new State(new float[0], new float[0], 0);
    }
}
