package io.github.resnetspark.image.augment;

import io.github.resnetspark.image.NormalizedPlanes.Direction;
import java.util.Optional;

/** When a training picture is mirrored, by an {@link Augmentation} that mirrors pictures. */
public enum Flip {
    /** In each epoch with probability 1/2. */
    RANDOM,
    /**
     * In every other epoch: half of the pictures in the even epochs, the other half in the odd ones. So two epochs show each picture
     * both ways, which random flips do for half of the pictures only (Jordan, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", 2024).
     */
    ALTERNATING;

    /**
     * The direction of a picture in an epoch; empty if it is drawn.
     *
     * @param half any number that belongs to the picture; its lowest bit decides in which epochs it is mirrored
     * @param epoch from 0
     */
    public Optional<Direction> direction(long half, int epoch) {
        return this == RANDOM
                ? Optional.empty()
                : Optional.of((half + epoch) % 2 == 0 ? Direction.AS_STORED : Direction.MIRRORED);
    }
}
