package io.github.resnetspark.network;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.failure.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Values that make no network. The message holds every problem, one to a line. */
public final class SpecException extends IllegalArgumentException implements Failure {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** The network was written down when it could be: in a recipe, its section says what is wrong instead. */
    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    /** Every problem, by key of a recipe's section {@code model}, in the order it was met. */
    @Override
    public List<Problem> problems() {
        return problems;
    }
}
