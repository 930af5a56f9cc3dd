package io.github.resnetspark.job.evaluate;

import java.util.List;
import java.util.Optional;

/** Holds the class names of a model against those of shards, which number the same outputs. */
final class ClassOrder {
    private ClassOrder() {}

    /**
     * Why figures would be nonsense: the same names, numbered otherwise. Other names are no reason, for an imported model
     * may have plain numbers.
     */
    static Optional<String> problem(List<String> model, List<String> shards) {
        boolean permuted = !model.equals(shards)
                && model.stream()
                        .sorted()
                        .toList()
                        .equals(shards.stream().sorted().toList());
        return permuted
                ? Optional.of("The model and the shards have the same classes in another order: class "
                        + firstDifference(model, shards)
                        + ". Prepare the shards with prepare.labels in the order of the model's labels.txt.")
                : Optional.empty();
    }

    /** The first class that has two names, such as «3 is «cat» in the model and «dog» in the shards»; they differ in one. */
    static String firstDifference(List<String> model, List<String> shards) {
        int label = 0;
        while (model.get(label).equals(shards.get(label))) {
            label++;
        }
        return label + " is «" + model.get(label) + "» in the model and «" + shards.get(label) + "» in the shards";
    }
}
