package io.github.resnetspark.job.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.input.MinibatchLoader.Minibatch;
import io.github.resnetspark.job.input.MinibatchVariation.Box;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinibatchVariationTest {
    private static final int SIDE = 4;
    private static final int LENGTH = 3 * SIDE * SIDE;

    @Test
    void mixupBlendsEachRowWithTheOneBeforeIt() {
        float[] labels = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        MinibatchVariation.blend(labels, 3, 0.75f);
        assertThat(labels).containsExactly(0.75f, 0, 0.25f, 0.25f, 0.75f, 0, 0, 0.25f, 0.75f);
    }

    @Test
    void cutmixPastesTheRectangleOfThePictureBeforeAndReturnsTheShareThatIsLeft() {
        float[] pictures = new float[3 * LENGTH];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = 1 + i / LENGTH;
        }
        double share = MinibatchVariation.paste(pictures, 3, new Box(SIDE, 1, 0, 3, 3));

        assertThat(share).isEqualTo(1 - 6.0 / 16);
        for (int i = 0; i < pictures.length; i++) {
            int x = i % SIDE;
            int y = i / SIDE % SIDE;
            int own = 1 + i / LENGTH;
            int before = own == 1 ? 3 : own - 1;
            assertThat(pictures[i]).isEqualTo(x >= 1 && x < 3 && y < 3 ? before : own);
        }
    }

    @Test
    void aRectangleHasTheDrawnAreaAndIsClippedToThePicture() {
        SplittableRandom random = new SplittableRandom(1);
        boolean hasWhole = false;
        for (int i = 0; i < 1000; i++) {
            Box box = Box.drawn(224, 0.75, random);
            assertThat(box.left()).isBetween(0, box.right());
            assertThat(box.right()).isBetween(0, 224);
            assertThat(box.top()).isBetween(0, box.bottom());
            assertThat(box.bottom()).isBetween(0, 224);
            // Half the side of 224, so a quarter of the area.
            assertThat(box.right() - box.left()).isLessThanOrEqualTo(112);
            hasWhole |= box.right() - box.left() == 112 && box.bottom() - box.top() == 112;
        }
        assertThat(hasWhole).isTrue();
    }

    @Test
    void labelsOfAMinibatchAreMixedInTheSharesOfThePixels() {
        for (MinibatchVariation variation : new MinibatchVariation[] {
            new MinibatchVariation(0.2, 0), new MinibatchVariation(0, 1), new MinibatchVariation(0.2, 1)
        }) {
            for (int seed = 0; seed < 200; seed++) {
                // Picture i has the value of its class everywhere, so that its mean tells the shares.
                Minibatch minibatch = minibatch(3);
                variation.apply(minibatch, new SplittableRandom(seed));
                for (int i = 0; i < 3; i++) {
                    double mean = 0;
                    for (int pixel = 0; pixel < LENGTH; pixel++) {
                        mean += minibatch.pictures()[i * LENGTH + pixel] / LENGTH;
                    }
                    float[] label = Arrays.copyOfRange(minibatch.labels(), i * 3, i * 3 + 3);
                    assertThat(label[0] + label[1] + label[2]).isCloseTo(1, within(1e-6f));
                    assertThat(mean).isCloseTo(label[1] + 2 * label[2], within(1e-5));
                }
            }
        }
    }

    @Test
    void sharesFollowTheBetaDistribution() {
        double alpha = 0.2;
        double sum = 0;
        double squares = 0;
        int count = 4000;
        for (int seed = 0; seed < count; seed++) {
            Minibatch minibatch = minibatch(2);
            new MinibatchVariation(alpha, 0).apply(minibatch, new SplittableRandom(seed));
            double share = minibatch.labels()[0];
            sum += share;
            squares += (share - 0.5) * (share - 0.5);
        }
        assertThat(sum / count).isCloseTo(0.5, within(0.03));
        // The variance of Beta(α, α) is 1 / (4 (2 α + 1)).
        assertThat(squares / count).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.01));
    }

    @Test
    void eachMinibatchGetsOneOfTheTwoByChance() {
        int pasted = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Minibatch minibatch = minibatch(2);
            new MinibatchVariation(5, 5).apply(minibatch, new SplittableRandom(seed));
            boolean isPasted = true;
            for (float value : minibatch.pictures()) {
                isPasted &= value == 0 || value == 1;
            }
            pasted += isPasted ? 1 : 0;
        }
        assertThat(pasted).isBetween(450, 550);
    }

    @Test
    void withoutAlphasAndForASinglePictureNothingChanges() {
        Minibatch three = minibatch(3);
        MinibatchVariation.NONE.apply(three, new SplittableRandom(1));
        assertThat(three.pictures()).isEqualTo(minibatch(3).pictures());
        assertThat(three.labels()).isEqualTo(minibatch(3).labels());

        Minibatch one = minibatch(1);
        new MinibatchVariation(1, 1).apply(one, new SplittableRandom(1));
        assertThat(one.labels()).isEqualTo(minibatch(1).labels());
    }

    @Test
    void negativeAlphasAreRefused() {
        assertThatThrownBy(() -> new MinibatchVariation(-1, 0))
                .hasMessageContaining("-1.0")
                .hasMessageContaining("at least 0");
    }

    private static Minibatch minibatch(int size) {
        float[] pictures = new float[size * LENGTH];
        float[] labels = new float[size * size];
        int[] classes = new int[size];
        for (int i = 0; i < size; i++) {
            Arrays.fill(pictures, i * LENGTH, (i + 1) * LENGTH, i);
            labels[i * size + i] = 1;
            classes[i] = i;
        }
        return new Minibatch(size, SIDE, pictures, labels, classes);
    }
}
