package io.github.resnetspark.image.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.image.RgbImage.Crop;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
    @Test
    void erasesTheRectangleInEveryChannelOfItsPictureOnly() {
        float[] batch = new float[3 * 3 * 16];
        Arrays.fill(batch, 5);

        RandomErasing.erase(batch, 48, 4, new Crop(1, 2, 3, 1));

        for (int i = 0; i < batch.length; i++) {
            int inPlane = (i - 48) % 16;
            boolean erased = i >= 48 && i < 96 && inPlane >= 9 && inPlane < 12;
            assertThat(batch[i]).isEqualTo(erased ? 0 : 5);
        }
    }

    @Test
    void rectanglesAreInsideThePictureAndWithinTheirLimits() {
        SplittableRandom random = new SplittableRandom(3);
        double smallest = 1;
        double largest = 0;
        for (int i = 0; i < 20_000; i++) {
            Crop part = RandomErasing.draw(224, random).orElseThrow();
            assertThat(part.left()).isNotNegative();
            assertThat(part.top()).isNotNegative();
            assertThat(part.right()).isLessThanOrEqualTo(224);
            assertThat(part.bottom()).isLessThanOrEqualTo(224);
            double area = part.width() * part.height() / (224.0 * 224);
            smallest = Math.min(smallest, area);
            largest = Math.max(largest, area);
            assertThat((double) part.height() / part.width()).isBetween(0.28, 3.5);
        }
        assertThat(smallest).isCloseTo(0.02, within(0.002));
        assertThat(largest).isCloseTo(0.33, within(0.005));
    }

    @Test
    void erasesWithTheGivenProbability() {
        SplittableRandom random = new SplittableRandom(3);
        int erased = 0;
        for (int i = 0; i < 2000; i++) {
            float[] picture = new float[3 * 64];
            Arrays.fill(picture, 1);
            new RandomErasing(0.25).apply(picture, 0, 8, random);
            float sum = 0;
            for (float value : picture) {
                sum += value;
            }
            erased += sum < picture.length ? 1 : 0;
        }
        assertThat(erased).isBetween(430, 570);
    }

    @Test
    void refusesAnInvalidProbability() {
        assertThatThrownBy(() -> new RandomErasing(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The probability of random erasing is 1.5 but must be between 0 and 1."
                        + " Set data.random-erasing to e.g. 0.1.");
    }
}
