package io.github.resnetspark.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunIdentityTest {
    private static final String PLACE = "file:/models/m.run";
    private final RunIdentity started = identity("4", "0.9", "aaaa");

    @Test
    void isWrittenInTheOrderOfTheNames() {
        assertThat(started.text()).isEqualTo("optimizer.momentum = 0.9\ntrain.epochs = 4\n");
        assertThat(RunIdentity.parse(started.text(), "aaaa")).isEqualTo(started);
        // printf 'optimizer.momentum = 0.9\ntrain.epochs = 4\n' | sha256sum
        assertThat(started.settingsSha256())
                .isEqualTo("d1f8bcf835a6cd84e46d33057447da79e425c161f5f3dc30e7fe6d6c269cd517");
    }

    @Test
    void letsTheSameRunContinueAndALongerOne() {
        assertThat(started.refusals(identity("4", "0.9", "aaaa"), PLACE)).isEmpty();
        assertThat(started.refusals(identity("10", "0.9", "aaaa"), PLACE)).isEmpty();
    }

    @Test
    void refusesEveryOtherChangeByNameWithBothValues() {
        assertThat(started.refusals(identity("3", "0.8", "bbbb"), PLACE))
                .containsExactly(
                        "optimizer.momentum is 0.8 but the run in file:/models/m.run was started with 0.9."
                                + " Set it back to continue that run, or give --fresh to start over beside it.",
                        "train.epochs is 3 but the run in file:/models/m.run was started with 4. Raise it or set it"
                                + " back to continue that run, or give --fresh to start over beside it.",
                        "data.shards holds a data set whose manifest has the SHA-256 bbbb but the run in"
                                + " file:/models/m.run was started with aaaa. Name the shards of that run to continue"
                                + " it, or give --fresh to start over beside it.");
    }

    @Test
    void refusesASettingThatOnlyOneOfThemHas() {
        RunIdentity more = new RunIdentity(
                new TreeMap<>(Map.of("train.epochs", "4", "optimizer.momentum", "0.9", "optimizer.new", "7")), "aaaa");

        assertThat(started.refusals(more, PLACE))
                .containsExactly("optimizer.new is 7 but the run in file:/models/m.run was started with not set."
                        + " Set it back to continue that run, or give --fresh to start over beside it.");
    }

    private static RunIdentity identity(String epochs, String momentum, String manifest) {
        return new RunIdentity(new TreeMap<>(Map.of("train.epochs", epochs, "optimizer.momentum", momentum)), manifest);
    }
}
