package io.github.resnetspark.recipe;

import java.util.List;

/** A recipe that cannot be used. The message holds every problem, one per line, each with its remedy. */
public final class RecipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * An exception that lists all problems.
     *
     * @param problems at least one; each is a sentence with the value and one with the remedy
     */
    public RecipeException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, in the order it was met. */
    public List<String> problems() {
        return problems;
    }
}
