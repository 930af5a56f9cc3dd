package io.github.resnetspark.job.run;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.exchange.AveragedState;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;

/**
 * Makes of the workers' average what the next round begins with.
 *
 * <p>Outer momentum drives what is trained, and never the running statistics of batch normalization: they are measured, not
 * descended on. Extrapolating them would promise statistics that no picture has shown, and could make a variance negative.
 * They are taken over from the average as they are, whatever the momentum.
 */
public final class OuterStep {
    private final AveragingRule rule;
    private final BatchNormMoments moments;

    public OuterStep(AveragingRule rule, BatchNormMoments moments) {
        this.rule = rule;
        this.moments = moments;
    }

    /**
     * What a step gives.
     *
     * @param network what the next round begins with
     * @param outer what the next step needs
     */
    public record Result(AveragedState network, State outer) {}

    /**
     * The step after a round.
     *
     * @param start what the round began with
     * @param averaged the workers' average after it
     * @param before what the step before left
     */
    public Result after(AveragedState start, AveragedState averaged, State before) {
        if (rule.takesTheAverage()) {
            // Without a moving average nobody has to wait for it to reach the driver.
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
            // With the average's statistics at both ends their step is 0, so nothing ever drives them.
            float[] from = start.parameters().clone();
            moments.copyStatistics(parameters, from);
            velocity = outer.velocity(velocity.length == 0 ? new float[from.length] : velocity, from, parameters);
            parameters = outer.step(velocity, from, parameters);
        }
        float[] updaterState = rule.momentum() == InnerMomentum.RESET
                ? new float[averaged.updaterState().length]
                : averaged.updaterState();
        return new Result(
                AveragedState.of(new NetworkState(parameters, updaterState)), outerState(parameters, velocity, before));
    }

    private State outerState(float[] parameters, float[] velocity, State before) {
        return rule.ema()
                .map(ema ->
                        new State(velocity, ema.with(before.ema(), before.rounds(), parameters), before.rounds() + 1))
                .orElse(new State(velocity, before.ema(), before.rounds()));
    }

    /**
     * What {@link OuterStep} hands from one round to the next.
     *
     * @param velocity of the outer momentum {@code [numParams]}; empty where there is none
     * @param ema the moving average of the parameters {@code [numParams]}; empty where there is none
     * @param rounds that the moving average is of
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
    public record State(float[] velocity, float[] ema, long rounds) {
        public static final State NONE = new State(new float[0], new float[0], 0);
    }
}
