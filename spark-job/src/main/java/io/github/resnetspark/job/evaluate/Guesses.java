package io.github.resnetspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a network takes every picture of an evaluation for: 8 bytes per picture. The pictures are in the order of the plan, which
 * is the same for every network that the same workers evaluate on the same shards.
 *
 * @param shares one for each replica of each task
 */
public record Guesses(List<Share> shares) implements Serializable {
    /** No pictures. */
    public static final Guesses NONE = new Guesses(List.of());

    public Guesses {
        // This list type can be deserialized by every Java release.
        shares = new ArrayList<>(shares);
    }

    /**
     * One answer.
     *
     * @param predicted the most probable class
     * @param probability of that
     */
    public record Guess(int predicted, float probability) implements Serializable {}

    /** The answers of one replica. */
    static final class Share implements Serializable {
        private static final long serialVersionUID = 1;

        private final int[] predicted;
        private final float[] probabilities;
        private int size;

        /** @param pictures how many there will be */
        Share(int pictures) {
            predicted = new int[pictures];
            probabilities = new float[pictures];
        }

        void add(Guess guess) {
            predicted[size] = guess.predicted();
            probabilities[size] = guess.probability();
            size++;
        }

        Guess at(int picture) {
            return new Guess(predicted[picture], probabilities[picture]);
        }

        int size() {
            return size;
        }
    }

    /** The answers of one replica of all tasks, by its position; nothing if these are of no pictures. */
    Optional<Share> ofReplica(int position) {
        return shares.isEmpty() ? Optional.empty() : Optional.of(shares.get(position));
    }

    /** These, then those of the next replicas. */
    Guesses then(Guesses next) {
        return new Guesses(Stream.concat(shares.stream(), next.shares.stream()).toList());
    }
}
