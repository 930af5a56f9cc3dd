package io.github.resnetspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Pictures that tell most about a network: the most confident mistakes, and the right answers that it was least sure of.
 * Which these are does not depend on the order in which pictures are added.
 *
 * @param mistakes the most confident first
 * @param unsure the least sure first
 */
public record NotablePictures(List<Notable> mistakes, List<Notable> unsure) implements Serializable {
    /** No pictures. */
    public static final NotablePictures NONE = new NotablePictures(List.of(), List.of());

    private static final int MISTAKES = 24;
    private static final int UNSURE = 12;

    public NotablePictures {
        // This list type can be deserialized by every Java release.
        mistakes = new ArrayList<>(mistakes);
        unsure = new ArrayList<>(unsure);
    }

    /**
     * One picture.
     *
     * @param label its class
     * @param predicted the most probable class
     * @param probability of that
     * @param thumbnail the picture as a {@code data:} URI
     */
    public record Notable(int label, int predicted, float probability, String thumbnail) implements Serializable {
        private static final Comparator<Notable> RISING = Comparator.comparingDouble(Notable::probability)
                .thenComparingInt(Notable::label)
                .thenComparingInt(Notable::predicted)
                .thenComparing(Notable::thumbnail);

        private static final Comparator<Notable> FALLING =
                Comparator.comparingDouble(Notable::probability).reversed().thenComparing(RISING);
    }

    /** The same with another picture, if it is notable. */
    NotablePictures with(int label, int predicted, float probability, Supplier<String> thumbnail) {
        boolean right = label == predicted;
        List<Notable> others = right ? unsure : mistakes;
        if (!Float.isFinite(probability)
                || (others.size() == (right ? UNSURE : MISTAKES) && isBehind(others, right, probability))) {
            return this;
        }
        List<Notable> one = List.of(new Notable(label, predicted, probability, thumbnail.get()));
        return plus(right ? new NotablePictures(List.of(), one) : new NotablePictures(one, List.of()));
    }

    private static boolean isBehind(List<Notable> others, boolean right, float probability) {
        float last = others.get(others.size() - 1).probability();
        return right ? probability > last : probability < last;
    }

    /** The most notable ones of both. */
    public NotablePictures plus(NotablePictures other) {
        return new NotablePictures(
                first(mistakes, other.mistakes, Notable.FALLING, MISTAKES),
                first(unsure, other.unsure, Notable.RISING, UNSURE));
    }

    private static List<Notable> first(List<Notable> some, List<Notable> others, Comparator<Notable> order, int most) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(order)
                .limit(most)
                .toList();
    }
}
