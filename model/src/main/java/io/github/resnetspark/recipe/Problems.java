package io.github.resnetspark.recipe;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.text.ShownText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a recipe, so that a user mends everything in one go. */
public final class Problems {
    private final Map<String, Problem> byMessage = new LinkedHashMap<>();

    /**
     * Notes a problem; the same one is noted once.
     *
     * @param location where it stands, e.g. {@code conf/cifar10-resnet20.conf:12}
     * @param fact what is wrong, with the value, without a full stop
     * @param remedy a sentence that says what to do
     */
    public void add(String location, String fact, String remedy) {
        add("", location, fact, remedy);
    }

    /** The same of a key, such as {@code train.epochs}. */
    void add(String key, String location, String fact, String remedy) {
        note(key, location, ShownText.words(fact) + ". " + remedy);
    }

    /** The same in other words: all that follows the location. */
    void note(String key, String location, String words) {
        String message = location + ": " + words;
        byMessage.putIfAbsent(message, new Problem(key, message));
    }

    /** What was noted so far, in order. */
    public List<String> sentences() {
        return List.copyOf(byMessage.keySet());
    }

    /**
     * Ends the collecting.
     *
     * @throws RecipeException with every problem, if there is one
     */
    public void throwIfAny() {
        if (!byMessage.isEmpty()) {
            throw exception();
        }
    }

    /** With every problem; there is one. */
    RecipeException exception() {
        return new RecipeException(byMessage.values().toArray(Problem[]::new));
    }
}
