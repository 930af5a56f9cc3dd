package io.github.resnetspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreShareTest {
    @Test
    void groupsNeighbouringPartsAndSplitsNone() {
        List<PicturePart> parts = List.of(part(0, 3), part(1, 4), part(2, 9), part(3, 2), part(4, 6), part(5, 1));

        assertThat(ScoreShare.of(parts, 8))
                .containsExactly(
                        new ScoreShare(0, List.of(part(0, 3), part(1, 4))),
                        new ScoreShare(1, List.of(part(2, 9))),
                        new ScoreShare(2, List.of(part(3, 2), part(4, 6))),
                        new ScoreShare(3, List.of(part(5, 1))));
        assertThat(ScoreShare.of(List.of(), 8)).isEmpty();
        assertThat(new ScoreShare(12, parts).fileName()).isEqualTo("part-00012.parquet");
    }

    private static PicturePart part(int rowGroup, int size) {
        return new PicturePart.RowGroup("shard", rowGroup, size);
    }
}
