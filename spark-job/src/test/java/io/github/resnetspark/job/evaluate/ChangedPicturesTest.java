package io.github.resnetspark.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.evaluate.ChangedPictures.Changed;
import io.github.resnetspark.job.evaluate.Guesses.Guess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChangedPicturesTest {
    @Test
    void onlyPicturesThatOneModelGetsRightAreCounted() {
        ChangedPictures changed = with(1, 1, 1, 0.9f, "both right")
                .plus(with(1, 0, 2, 0.9f, "both wrong"))
                .plus(with(1, 1, 2, 0.8f, "lost"))
                .plus(with(1, 0, 1, 0.7f, "won"));

        assertThat(changed)
                .isEqualTo(new ChangedPictures(
                        1,
                        1,
                        List.of(new Changed(1, new Guess(1, 0.5f), new Guess(2, 0.8f), "lost")),
                        List.of(new Changed(1, new Guess(0, 0.5f), new Guess(1, 0.7f), "won"))));
    }

    @Test
    void theMostConfidentAreKeptAndAllAreCounted() {
        ChangedPictures changed = ChangedPictures.NONE;
        List<String> drawn = new ArrayList<>();
        for (int picture = 0; picture < 100; picture++) {
            String thumbnail = "picture " + picture;
            // The most confident ones first: all others need no thumbnail.
            changed = changed.with(0, new Guess(0, 0.5f), new Guess(1, 1 - picture / 200f), () -> {
                drawn.add(thumbnail);
                return thumbnail;
            });
        }

        assertThat(changed.newlyWrong()).isEqualTo(100);
        assertThat(changed.newlyRight()).isZero();
        assertThat(changed.lost())
                .hasSize(ChangedPictures.MOST)
                .extracting("thumbnail")
                .isEqualTo(drawn);
        assertThat(changed.won()).isEmpty();
    }

    @RepeatedTest(20)
    void neitherOrderNorGroupingMatters(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<ChangedPictures> single = new ArrayList<>();
        for (int picture = 0; picture < 400; picture++) {
            // Few probabilities, so that many pictures tie, and thumbnails that occur twice.
            single.add(ChangedPictures.NONE.with(
                    random.nextInt(3),
                    new Guess(random.nextInt(3), random.nextInt(1, 4) / 4f),
                    new Guess(random.nextInt(3), random.nextInt(1, 4) / 4f),
                    () -> "picture " + random.nextInt(300)));
        }
        ChangedPictures inOrder = single.stream().reduce(ChangedPictures.NONE, ChangedPictures::plus);

        Collections.shuffle(single, random);
        while (single.size() > 1) {
            int at = random.nextInt(single.size() - 1);
            single.set(at, single.get(at).plus(single.remove(at + 1)));
        }

        assertThat(single.get(0)).isEqualTo(inOrder);
        assertThat(inOrder.lost()).hasSize(ChangedPictures.MOST);
        assertThat(inOrder.won()).hasSize(ChangedPictures.MOST);
    }

    @Test
    void theAnswersOfTwoModelsAreMatchedPictureByPicture() throws Exception {
        RivalCounts.Tally newer = new RivalCounts.Tally(3, Optional.empty());
        newer.add(new float[] {0.9f, 0.1f}, 0, () -> "a");
        newer.add(new float[] {0.2f, 0.8f}, 0, () -> "b");
        newer.add(new float[] {0.3f, 0.7f}, 1, () -> "c");
        Guesses answers = copy(newer.counts().guesses());

        RivalCounts.Tally older = new RivalCounts.Tally(3, answers.ofReplica(0));
        older.add(new float[] {0.6f, 0.4f}, 0, () -> "a");
        older.add(new float[] {0.7f, 0.3f}, 0, () -> "b");
        older.add(new float[] {0.8f, 0.2f}, 1, () -> "c");

        assertThat(newer.counts().changed()).isEqualTo(ChangedPictures.NONE);
        assertThat(older.counts().changed())
                .isEqualTo(new ChangedPictures(
                        1,
                        1,
                        List.of(new Changed(0, new Guess(0, 0.7f), new Guess(1, 0.8f), "b")),
                        List.of(new Changed(1, new Guess(0, 0.8f), new Guess(1, 0.7f), "c"))));
    }

    @Test
    void withoutARivalThereIsNothingToMatch() {
        assertThat(Guesses.NONE.ofReplica(7)).isEmpty();
    }

    private static ChangedPictures with(int label, int before, int after, float probability, String thumbnail) {
        return ChangedPictures.NONE.with(
                label, new Guess(before, 0.5f), new Guess(after, probability), () -> thumbnail);
    }

    private static Guesses copy(Guesses guesses) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(guesses);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Guesses) in.readObject();
        }
    }
}
