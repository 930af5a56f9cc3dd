package io.github.resnetspark.predict;

import java.util.Optional;

/**
 * The result for one picture: a prediction, or the reason why there is none.
 *
 * @param prediction of the network
 * @param problem one sentence if the picture cannot be read
 */
public record PictureResult(Optional<Prediction> prediction, Optional<String> problem) {

    static PictureResult of(Prediction prediction) {
        return new PictureResult(Optional.of(prediction), Optional.empty());
    }

    static PictureResult unreadable(String problem) {
        return new PictureResult(Optional.empty(), Optional.of(problem));
    }
}
