package io.github.resnetspark.job.averaging;

import java.io.Serializable;

/**
 * One worker's values of one slice, and the number of examples that they were trained on. The values are not copied.
 */
public final class Contribution implements Serializable {
    private static final long serialVersionUID = 1;

    private final int worker;
    private final long examples;
    private final RawFloats values;

    /**
     * @param worker the worker's index, from 0
     * @param examples number that the worker trained on in this round, which is its weight; with 0 it does not count
     * @param values the slice's values [slice size]
     */
    public Contribution(int worker, long examples, RawFloats values) {
        if (examples < 0) {
            throw new IllegalArgumentException(
                    "Worker " + worker + " reports " + examples + " examples but must report at least 0.");
        }
        this.worker = worker;
        this.examples = examples;
        this.values = values;
    }

    public int worker() {
        return worker;
    }

    public long examples() {
        return examples;
    }

    public RawFloats values() {
        return values;
    }
}
