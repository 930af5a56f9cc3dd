package io.github.resnetspark.job.averaging;

/**
 * An outer optimiser: SGD with Nesterov momentum, for which the step from the start of a round to its average is the
 * gradient, as in DiLoCo (Douillard et al., "DiLoCo: Distributed Low-Communication Training of Language Models", 2023).
 * Wang et al., "SlowMo: Improving Communication-Efficient Distributed SGD with Slow Momentum", 2020, use heavy-ball
 * momentum instead. With Δ = start − average:
 *
 * <pre>
 * velocity ← μ·velocity + Δ
 * result   = start − η·(Δ + μ·velocity)
 * </pre>
 *
 * With μ = 0 and η = 1 the result is the average itself.
 *
 * @param momentum μ, in [0, 1)
 * @param learningRate η, above 0
 */
public record OuterNesterov(double momentum, double learningRate) {
    public OuterNesterov {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("The outer momentum is " + momentum + " but must be in [0, 1).");
        }
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("The outer learning rate is " + learningRate + " but must be above 0.");
        }
    }

    /** Whether the result is always the average itself. */
    public boolean isPlainAveraging() {
        return momentum == 0 && learningRate == 1;
    }

    /**
     * The velocity after a round.
     *
     * @param velocity before the round, {@code [n]}; 0 before the first round
     * @param start parameters {@code [n]} at the start of the round
     * @param average of the workers' parameters {@code [n]} after the round
     */
    public float[] velocity(float[] velocity, float[] start, float[] average) {
        float[] next = new float[start.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (momentum * velocity[i] + ((double) start[i] - average[i]));
        }
        return next;
    }

    /**
     * The parameters {@code [n]} at the start of the next round.
     *
     * @param velocity after this round, {@code [n]}
     */
    public float[] step(float[] velocity, float[] start, float[] average) {
        float[] next = new float[start.length];
        for (int i = 0; i < next.length; i++) {
            double delta = (double) start[i] - average[i];
            next[i] = (float) (start[i] - learningRate * (delta + momentum * velocity[i]));
        }
        return next;
    }
}
