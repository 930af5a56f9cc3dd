package io.github.resnetspark.recipe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a recipe, so that a user mends everything in one go. */
public final class Problems {
    private final Set<String> sentences = new LinkedHashSet<>();

    /**
     * Notes a problem; the same one is noted once.
     *
     * @param location where it stands, e.g. {@code conf/cifar10-resnet20.conf:12}
     * @param fact what is wrong, with the value, without a full stop
     * @param remedy a sentence that says what to do
     */
    public void add(String location, String fact, String remedy) {
        add(location, ShownText.words(fact) + ". " + remedy);
    }

    void add(String location, String words) {
        sentences.add(location + ": " + words);
    }

    /** What was noted so far, in order. */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /**
     * Ends the collecting.
     *
     * @throws RecipeException with every problem, if there is one
     */
    public void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new RecipeException(sentences());
        }
    }
}
