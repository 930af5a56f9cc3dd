package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.job.evaluate.Guesses.Guess;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Pictures that one of two models gets right and the other wrong. All are counted; those of which the newer model is most certain
 * are kept. Which these are does not depend on the order in which pictures are added.
 *
 * @param newlyWrong how many the older model gets right and the newer one wrong
 * @param newlyRight how many the newer model gets right and the older one wrong
 * @param lost of the newly wrong ones, the most confident first
 * @param won of the newly right ones, the most confident first
 */
public record ChangedPictures(long newlyWrong, long newlyRight, List<Changed> lost, List<Changed> won)
        implements Serializable {
    /** No pictures. */
    public static final ChangedPictures NONE = new ChangedPictures(0, 0, List.of(), List.of());

    /** How many pictures are kept each way. */
    public static final int MOST = 24;

    public ChangedPictures {
        // This list type can be deserialized by every Java release.
        lost = new ArrayList<>(lost);
        won = new ArrayList<>(won);
    }

    /**
     * One picture.
     *
     * @param label its class
     * @param before the answer of the older model
     * @param after the answer of the newer model
     * @param thumbnail the picture as a {@code data:} URI
     */
    public record Changed(int label, Guess before, Guess after, String thumbnail) implements Serializable {
        private static final Comparator<Changed> ORDER = Comparator.comparingDouble(
                        (Changed picture) -> picture.after().probability())
                .thenComparingDouble(picture -> picture.before().probability())
                .reversed()
                .thenComparingInt(Changed::label)
                .thenComparingInt(picture -> picture.before().predicted())
                .thenComparingInt(picture -> picture.after().predicted())
                .thenComparing(Changed::thumbnail);
    }

    /**
     * The same with another picture, if it changed sides.
     *
     * @param thumbnail the picture, called only if it is kept
     */
    ChangedPictures with(int label, Guess before, Guess after, Supplier<String> thumbnail) {
        boolean wasRight = before.predicted() == label;
        boolean isRight = after.predicted() == label;
        if (wasRight == isRight) {
            return this;
        }
        List<Changed> others = wasRight ? lost : won;
        List<Changed> one = others.size() == MOST
                        && after.probability() < others.get(MOST - 1).after().probability()
                ? List.of()
                : List.of(new Changed(label, before, after, thumbnail.get()));
        return plus(wasRight ? new ChangedPictures(1, 0, one, List.of()) : new ChangedPictures(0, 1, List.of(), one));
    }

    /** Those of both. */
    public ChangedPictures plus(ChangedPictures other) {
        return new ChangedPictures(
                newlyWrong + other.newlyWrong,
                newlyRight + other.newlyRight,
                first(lost, other.lost),
                first(won, other.won));
    }

    private static List<Changed> first(List<Changed> some, List<Changed> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Changed.ORDER)
                .limit(MOST)
                .toList();
    }
}
