package io.github.resnetspark.recipe;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.failure.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A recipe or a command line that cannot be used. The message holds every problem, one per line, each with its remedy. */
public final class RecipeException extends FailureException {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    /**
     * An exception that lists all problems.
     *
     * @param problems at least one; each is a sentence with the value and one with the remedy
     */
    public RecipeException(List<String> problems) {
        this(problems.stream().map(problem -> new Problem("", problem)).toArray(Problem[]::new));
    }

    RecipeException(Problem... problems) {
        super(Kind.USAGE, Arrays.stream(problems).map(Problem::message).collect(Collectors.joining("\n")));
        this.problems = List.of(problems);
    }

    /** Every problem found, in the order it was met. */
    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public boolean isOneLineEach() {
        return true;
    }
}
