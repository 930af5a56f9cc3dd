package io.github.resnetspark.recipe;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.failure.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A recipe or a command line cannot be used. The message lists every problem with its remedy, one per line. */
public final class RecipeException extends FailureException {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    /**
     * Creates an exception that lists all problems.
     *
     * @param problems at least one; each says what is wrong, with the value, and what to do
     */
    public RecipeException(List<String> problems) {
        this(problems.stream().map(problem -> new Problem("", problem)).toArray(Problem[]::new));
    }

    RecipeException(Problem... problems) {
        super(Kind.USAGE, Arrays.stream(problems).map(Problem::message).collect(Collectors.joining("\n")));
        this.problems = List.of(problems);
    }

    /** Every problem, in the order in which it was found. */
    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public boolean isOneLineEach() {
        return true;
    }
}
