package io.github.resnetspark.recipe;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.RecipeFailures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects everything that is wrong with a recipe, so that a user can fix it all at once. */
public final class Problems {
    private final Map<String, Problem> byMessage = new LinkedHashMap<>();

    /**
     * Adds a problem. The same problem is kept once.
     *
     * @param location where it was written, e.g. {@code conf/cifar10-resnet20.conf:12}
     * @param message what is wrong and what to do, such as one of {@link RecipeFailures}
     */
    public void add(String location, String message) {
        add("", location, message);
    }

    /** The same of a key, such as {@code train.epochs}. */
    void add(String key, String location, String message) {
        String located = location + ": " + message;
        byMessage.putIfAbsent(located, new Problem(key, located));
    }

    /** The problems so far, in the order in which they were added. */
    public List<String> sentences() {
        return List.copyOf(byMessage.keySet());
    }

    /**
     * Fails if there are problems.
     *
     * @throws RecipeException with every problem, if there is one
     */
    public void throwIfAny() {
        if (!byMessage.isEmpty()) {
            throw exception();
        }
    }

    /** An exception with all problems, of which there must be at least one. */
    RecipeException exception() {
        return new RecipeException(byMessage.values().toArray(Problem[]::new));
    }
}
