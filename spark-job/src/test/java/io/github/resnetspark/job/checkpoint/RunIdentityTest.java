package io.github.resnetspark.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.job.CheckpointFailures;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunIdentityTest {
    private static final String PLACE = "file:/models/m.run";
    private final RunIdentity started = identity("4", "0.9", "aaaa");

    @Test
    void isWrittenSortedByName() {
        assertThat(started.text()).isEqualTo("optimizer.momentum = 0.9\ntrain.epochs = 4\n");
        assertThat(RunIdentity.parse(started.text(), "aaaa")).isEqualTo(started);
        // printf 'optimizer.momentum = 0.9\ntrain.epochs = 4\n' | sha256sum
        assertThat(started.settingsSha256())
                .isEqualTo("d1f8bcf835a6cd84e46d33057447da79e425c161f5f3dc30e7fe6d6c269cd517");
    }

    @Test
    void allowsResumingTheSameAndALongerRun() {
        assertThat(started.refusals(identity("4", "0.9", "aaaa"), PLACE)).isEmpty();
        assertThat(started.refusals(identity("10", "0.9", "aaaa"), PLACE)).isEmpty();
    }

    @Test
    void rejectsEveryOtherChangeWithNameAndBothValues() {
        assertThat(started.refusals(identity("3", "0.8", "bbbb"), PLACE))
                .containsExactly(
                        CheckpointFailures.settingChanged("optimizer.momentum", "0.9", "0.8", PLACE),
                        CheckpointFailures.epochsLowered("train.epochs", "4", "3", PLACE),
                        CheckpointFailures.dataChanged("aaaa", "bbbb", PLACE));
    }

    @Test
    void rejectsASettingThatOnlyOneRunHas() {
        RunIdentity more = new RunIdentity(
                new TreeMap<>(Map.of("train.epochs", "4", "optimizer.momentum", "0.9", "optimizer.new", "7")), "aaaa");

        assertThat(started.refusals(more, PLACE))
                .containsExactly(CheckpointFailures.settingChanged("optimizer.new", "not set", "7", PLACE));
    }

    private static RunIdentity identity(String epochs, String momentum, String manifest) {
        return new RunIdentity(new TreeMap<>(Map.of("train.epochs", epochs, "optimizer.momentum", momentum)), manifest);
    }
}
