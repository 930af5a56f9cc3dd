package io.github.resnetspark.image.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.RgbImage.Crop;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {
    @Test
    void cropsAreInsideThePictureAndWithinTheirLimits() {
        SplittableRandom random = new SplittableRandom(11);
        double smallest = 1;
        double largest = 0;
        for (int i = 0; i < 20_000; i++) {
            int width = 1 + random.nextInt(600);
            int height = 1 + random.nextInt(600);
            Crop crop = RandomResizedCrop.draw(width, height, random);
            assertThat(crop.left()).isNotNegative();
            assertThat(crop.top()).isNotNegative();
            assertThat(crop.width()).isBetween(1, width - crop.left());
            assertThat(crop.height()).isBetween(1, height - crop.top());
            if (Math.min(width, height) > 200 && Math.max(width, height) < 300) {
                double area = (double) crop.width() * crop.height() / width / height;
                smallest = Math.min(smallest, area);
                largest = Math.max(largest, area);
                assertThat((double) crop.width() / crop.height()).isBetween(0.74, 1.35);
            }
        }
        assertThat(smallest).isBetween(0.075, 0.1);
        assertThat(largest).isBetween(0.95, 1.01);
    }

    @Test
    void aStripFallsBackToItsCentre() {
        assertThat(RandomResizedCrop.draw(1000, 3, new SplittableRandom(1))).isEqualTo(new Crop(498, 0, 4, 3));
        assertThat(RandomResizedCrop.draw(3, 1000, new SplittableRandom(1))).isEqualTo(new Crop(0, 498, 3, 4));
    }
}
