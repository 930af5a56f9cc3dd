package io.github.resnetspark.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmoothedLabelsTest {
    @Test
    void givesTheClassTheRemainingProbability() {
        float[] labels = {9, 9, 9, 9, 9, 9, 9, 9};

        new MinibatchLoader.SmoothedLabels(4, 0.1).write(2, labels, 4);

        assertThat(labels).containsExactly(9, 9, 9, 9, 0.025f, 0.025f, 0.925f, 0.025f);
    }

    @Test
    void isSharpWithoutSmoothing() {
        float[] labels = new float[3];

        new MinibatchLoader.SmoothedLabels(3, 0).write(1, labels, 0);

        assertThat(labels).containsExactly(0, 1, 0);
    }
}
