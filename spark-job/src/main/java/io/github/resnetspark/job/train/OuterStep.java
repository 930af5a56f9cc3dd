package io.github.resnetspark.job.train;

import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.OuterNesterov;
import io.github.resnetspark.job.recipe.AveragingSettings.InnerMomentum;
import io.github.resnetspark.job.worker.NetworkState;

/**
 * Makes of the workers' average what the next round begins with.
 *
 * <p>Outer momentum drives what is trained, and never the running statistics of batch normalization: they are measured, not
 * descended on. Extrapolating them would promise statistics that no picture has shown, and could make a variance negative.
 * They are taken over from the average as they are, whatever the momentum.
 */
final class OuterStep {
    private final AveragingRule rule;
    private final BatchNormMoments moments;

    OuterStep(AveragingRule rule, BatchNormMoments moments) {
        this.rule = rule;
        this.moments = moments;
    }

    /**
     * What a step gives.
     *
     * @param network what the next round begins with
     * @param outer what the next step needs
     */
    record Result(AveragedState network, OuterState outer) {}

    /**
     * The step after a round.
     *
     * @param start what the round began with
     * @param averaged the workers' average after it
     * @param before what the step before left
     */
    Result after(AveragedState start, AveragedState averaged, OuterState before) {
        if (rule.takesTheAverage()) {
            // Without a moving average nobody has to wait for it to reach the driver.
            OuterState outer =
                    rule.ema().isEmpty() ? before : outerState(averaged.get().parameters(), before.velocity(), before);
            return new Result(averaged, outer);
        }
        return after(start.get(), averaged.get(), before);
    }

    private Result after(NetworkState start, NetworkState averaged, OuterState before) {
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

    private OuterState outerState(float[] parameters, float[] velocity, OuterState before) {
        return rule.ema()
                .map(ema -> new OuterState(
                        velocity, ema.with(before.ema(), before.rounds(), parameters), before.rounds() + 1))
                .orElse(new OuterState(velocity, before.ema(), before.rounds()));
    }
}
