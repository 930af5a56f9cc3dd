package io.github.resnetspark.job.averaging;

/**
 * Takes the step from a round's start to its average as a gradient of an outer optimiser, SGD with Nesterov momentum, as
 * DiLoCo does (Douillard et al., «DiLoCo: Distributed Low-Communication Training of Language Models», 2023); Wang et al.,
 * «SlowMo: Improving Communication-Efficient Distributed SGD with Slow Momentum», 2020, do it with heavy-ball momentum.
 * With Δ = start − average:
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

    /** Whether this changes anything. */
    public boolean isPlainAveraging() {
        return momentum == 0 && learningRate == 1;
    }

    /**
     * The velocity after a round.
     *
     * @param velocity before it {@code [n]}, 0 before the first round
     * @param start the parameters {@code [n]} that the round began with
     * @param average of the workers' parameters {@code [n]} after it
     */
    public float[] velocity(float[] velocity, float[] start, float[] average) {
        float[] next = new float[start.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (momentum * velocity[i] + ((double) start[i] - average[i]));
        }
        return next;
    }

    /**
     * The parameters {@code [n]} that the next round begins with.
     *
     * @param velocity after this round {@code [n]}
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
