package io.github.resnetspark.job.evaluate;

import io.github.resnetspark.job.evaluate.Guesses.Guess;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The results of a model that is compared with another one picture by picture.
 *
 * @param counts its results
 * @param guesses its answers, with which the other model can be compared
 * @param changed pictures that only this model or only its newer rival gets right; none without a rival
 */
record RivalCounts(EvaluationCounts counts, Guesses guesses, ChangedPictures changed) implements Serializable {
    /** No pictures. */
    static final RivalCounts NONE = new RivalCounts(EvaluationCounts.NONE, Guesses.NONE, ChangedPictures.NONE);

    /** These, then those of the next replicas. */
    RivalCounts then(RivalCounts next) {
        return new RivalCounts(counts.plus(next.counts), guesses.then(next.guesses), changed.plus(next.changed));
    }

    /** Adds up the answers of one replica, picture by picture. */
    static final class Tally {
        private final EvaluationTally tally = new EvaluationTally();
        private final Guesses.Share guesses;
        private final Optional<Guesses.Share> rival;
        private ChangedPictures changed = ChangedPictures.NONE;

        /**
         * @param pictures how many there will be
         * @param rival what the newer model takes the same pictures for, in the same order
         */
        Tally(int pictures, Optional<Guesses.Share> rival) {
            this.guesses = new Guesses.Share(pictures);
            this.rival = rival;
        }

        /** As {@link EvaluationTally#add}. */
        void add(float[] probabilities, int label, Supplier<String> thumbnail) {
            tally.add(probabilities, label, thumbnail);
            int predicted = EvaluationTally.mostProbable(probabilities);
            Guess guess = new Guess(predicted, probabilities[predicted]);
            if (rival.isPresent()) {
                changed = changed.with(label, guess, rival.get().at(guesses.size()), thumbnail);
            }
            guesses.add(guess);
        }

        RivalCounts counts() {
            return new RivalCounts(tally.counts(), new Guesses(List.of(guesses)), changed);
        }
    }
}
