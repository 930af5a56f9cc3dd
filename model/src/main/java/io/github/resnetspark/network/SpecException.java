package io.github.resnetspark.network;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.failure.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The values do not make a network. The message has one line for each problem. */
public final class SpecException extends IllegalArgumentException implements Failure {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    SpecException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** The network comes from a file of a model. For recipes, the section {@code model} reports the problems instead. */
    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    /** All problems, by key of a recipe's section {@code model}, in the order in which they were found. */
    @Override
    public List<Problem> problems() {
        return problems;
    }
}
