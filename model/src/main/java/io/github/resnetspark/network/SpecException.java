package io.github.resnetspark.network;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** Values that make no network. The message holds every problem, one to a line. */
public final class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param key which of the values, as a recipe's section {@code model} calls it
     * @param words what follows the key: the value and why it cannot be, and a sentence with the remedy
     */
    public record Problem(String key, String words) implements Serializable {
        /** A sentence with the key and its value, and one with the remedy. */
        public String sentences() {
            return key + " " + words;
        }
    }

    SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::sentences).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order it was met. */
    public List<Problem> problems() {
        return problems;
    }
}
