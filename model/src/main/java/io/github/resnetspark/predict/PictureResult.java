package io.github.resnetspark.predict;

import java.util.Optional;

/**
 * What became of one picture of several: a prediction, or the reason why there is none.
 *
 * @param prediction what the network says of it
 * @param problem one sentence, where the picture cannot be read
 */
public record PictureResult(Optional<Prediction> prediction, Optional<String> problem) {

    static PictureResult of(Prediction prediction) {
        return new PictureResult(Optional.of(prediction), Optional.empty());
    }

    static PictureResult unreadable(String problem) {
        return new PictureResult(Optional.empty(), Optional.of(problem));
    }
}
