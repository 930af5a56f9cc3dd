package io.github.resnetspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.ColorJitter;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.RandomErasing;
import io.github.resnetspark.image.augment.TrainingTransform;
import io.github.resnetspark.message.model.PictureNotices;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformTest {
    private static final Normalization PLAIN =
            new Normalization(new float[] {0, 0, 0}, new float[] {1 / 255f, 1 / 255f, 1 / 255f});
    private static final Offset<Float> EXACT = Offset.offset(1e-4f);

    @Test
    void normalisesIntoPlanesAtTheOffset() {
        Preprocessing preprocessing = Preprocessing.of(2, Normalization.IMAGENET);
        RgbImage image = new RgbImage(2, 2, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, (byte) 255, (byte) 128, 11});
        float[] batch = new float[3 * preprocessing.inputLength()];

        new EvaluationTransform(preprocessing).apply(image, batch, preprocessing.inputLength());

        int[] planar = {0, 3, 6, 255, 1, 4, 7, 128, 2, 5, 8, 11};
        float[] mean = Normalization.IMAGENET.mean();
        float[] std = Normalization.IMAGENET.std();
        for (int i = 0; i < planar.length; i++) {
            assertThat(batch[12 + i]).isCloseTo((planar[i] / 255f - mean[i / 4]) / std[i / 4], Offset.offset(1e-6f));
        }
        assertThat(Arrays.copyOf(batch, 12)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(batch, 24, 36)).containsOnly(0f);
    }

    @Test
    void evaluationCropsTheCentreOfTheResizedPicture() {
        Preprocessing preprocessing = new Preprocessing(4, 8, PLAIN);
        float[] batch = new float[preprocessing.inputLength()];

        new EvaluationTransform(preprocessing).apply(TestPictures.coordinates(12, 8), batch, 0);

        assertThat(Arrays.copyOf(batch, 16)).containsExactly(repeated(4, 5, 6, 7), EXACT);
        assertThat(batch[16]).isCloseTo(2, EXACT);
        assertThat(batch[31]).isCloseTo(5, EXACT);
        assertThat(batch[32]).isCloseTo(7, EXACT);
    }

    @Test
    void evaluationUsesEveryPixelWhenItShrinks() {
        Preprocessing preprocessing = new Preprocessing(1, 1, PLAIN);
        float[] batch = new float[3];

        new EvaluationTransform(preprocessing).apply(TestPictures.coordinates(5, 5), batch, 0);

        assertThat(batch).containsExactly(new float[] {2, 2, 7}, EXACT);
    }

    @Test
    void theCropOffsetDependsOnTheMethod() {
        RgbImage image = TestPictures.coordinates(11, 4);
        float[] batch = new float[48];
        new EvaluationTransform(new Preprocessing(4, 4, PLAIN)).apply(image, batch, 0);
        assertThat(batch[0]).as("3.5 is rounded to 4").isCloseTo(4, EXACT);
        new EvaluationTransform(new Preprocessing(4, 4, PLAIN, ResizeMethod.OPENCV)).apply(image, batch, 0);
        assertThat(batch[0]).as("3.5 is rounded down").isCloseTo(3, EXACT);
    }

    @Test
    void paddingIsZeroAfterNormalisationAndEveryCropOccurs() {
        RgbImage image = TestPictures.solid(8, 8, 200, 10, 60);
        Preprocessing preprocessing = Preprocessing.of(8, Normalization.IMAGENET);
        TrainingTransform transform = transform(Augmentation.PAD_CROP_FLIP, preprocessing);
        float red = Normalization.IMAGENET.table()[200];
        boolean[] insideCounts = new boolean[65];
        for (long seed = 0; seed < 2000; seed++) {
            float[] batch = new float[preprocessing.inputLength()];
            Arrays.fill(batch, 77);
            transform.apply(encoded(image), seed, batch, 0);
            int inside = 0;
            for (int i = 0; i < 64; i++) {
                assertThat(batch[i]).isIn(0f, red);
                inside += batch[i] == red ? 1 : 0;
            }
            insideCounts[inside] = true;
        }
        assertThat(insideCounts[64]).as("a crop in the middle").isTrue();
        assertThat(insideCounts[16]).as("a crop in a corner").isTrue();
    }

    @Test
    void padCropFlipShiftsByAtMostFourAndMirrorsHalfOfTheTime() {
        RgbImage image = TestPictures.coordinates(32, 32);
        Preprocessing preprocessing = Preprocessing.of(32, PLAIN);
        TrainingTransform transform = transform(Augmentation.PAD_CROP_FLIP, preprocessing);
        int mirrored = 0;
        boolean[] shifts = new boolean[9];
        for (long seed = 0; seed < 1000; seed++) {
            float[] batch = new float[preprocessing.inputLength()];
            transform.apply(encoded(image), seed, batch, 0);
            int centre = 16 * 32 + 15;
            boolean flipped = batch[centre] > batch[centre + 1];
            mirrored += flipped ? 1 : 0;
            int shift = Math.round(flipped ? batch[centre + 1] : batch[centre]) - 15;
            shifts[shift + 4] = true;
            assertThat(Math.abs(batch[centre] - batch[centre + 1])).isCloseTo(1, EXACT);
        }
        assertThat(shifts).containsOnly(true);
        assertThat(mirrored).isBetween(430, 570);
    }

    @ParameterizedTest
    @EnumSource(Augmentation.class)
    void theResultDependsOnlyOnTheSeed(Augmentation augmentation) {
        Preprocessing preprocessing = Preprocessing.of(24, Normalization.IMAGENET);
        TrainingTransform transform = transform(augmentation, preprocessing);
        int length = preprocessing.inputLength();
        float[] inOrder = new float[50 * length];
        float[] inParallel = new float[50 * length];

        LongStream.range(0, 50).forEach(i -> transform.apply(encoded(picture(i)), i, inOrder, (int) i * length));
        LongStream.range(0, 50).parallel().forEach(i -> {
            try (TrainingTransform another = transform(augmentation, preprocessing)) {
                another.apply(encoded(picture(i)), i, inParallel, (int) i * length);
            }
        });

        assertThat(inParallel).isEqualTo(inOrder);
    }

    @Test
    void differentSeedsGiveDifferentResults() {
        Preprocessing preprocessing = Preprocessing.of(24, Normalization.IMAGENET);
        TrainingTransform transform = transform(Augmentation.RANDOM_RESIZED_CROP, preprocessing);
        float[] one = new float[preprocessing.inputLength()];
        float[] other = new float[preprocessing.inputLength()];

        transform.apply(encoded(picture(1)), 1, one, 0);
        transform.apply(encoded(picture(1)), 2, other, 0);

        assertThat(one).isNotEqualTo(other);
    }

    @ParameterizedTest
    @EnumSource(ResizeMethod.class)
    void refusesStripsThatScalingWouldMakeTooLarge(ResizeMethod method) {
        Preprocessing preprocessing = new Preprocessing(224, 256, PLAIN, method);
        float[] batch = new float[preprocessing.inputLength()];
        EvaluationTransform evaluation = new EvaluationTransform(preprocessing);
        TrainingTransform training = transform(Augmentation.PAD_CROP_FLIP, preprocessing);

        assertThatThrownBy(() -> evaluation.apply(TestPictures.solid(21846, 1, 1, 2, 3), batch, 0))
                .isInstanceOf(ImageException.class)
                .hasMessage(PictureNotices.tooLargeWhenScaled(21846, 1, 5592576, 256, 67108864));
        assertThatThrownBy(() -> evaluation.apply(TestPictures.solid(1, 21846, 1, 2, 3), batch, 0))
                .isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> training.apply(encoded(TestPictures.solid(257, 1, 1, 2, 3)), 1, batch, 0))
                .isInstanceOf(ImageException.class);
        assertThatThrownBy(() -> training.apply(encoded(TestPictures.solid(1, 257, 1, 2, 3)), 1, batch, 0))
                .isInstanceOf(ImageException.class);
    }

    private static TrainingTransform transform(Augmentation augmentation, Preprocessing preprocessing) {
        PictureVariation variation =
                new PictureVariation(augmentation, new ColorJitter(0.4, 0.4, 0.4, 0.1), new RandomErasing(0.5));
        return new TrainingTransform(
                augmentation == Augmentation.NONE ? variation : PictureVariation.of(augmentation), preprocessing);
    }

    private static byte[] encoded(RgbImage image) {
        return new ImageCodec().encodePng(image);
    }

    private static RgbImage picture(long seed) {
        return TestPictures.noise(20 + (int) (seed % 17), 30, seed);
    }

    private static float[] repeated(float... row) {
        float[] all = new float[4 * row.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = row[i % row.length];
        }
        return all;
    }
}
