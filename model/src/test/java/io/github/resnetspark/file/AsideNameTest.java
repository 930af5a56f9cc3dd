package io.github.resnetspark.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsideNameTest {
    @Test
    void isHiddenAndUniqueAndContainsTheFinalName() {
        String name = AsideName.of("CURRENT");

        assertThat(name).matches("\\.CURRENT\\.writing-[0-9a-f-]{36}").isNotEqualTo(AsideName.of("CURRENT"));
        assertThat(AsideName.target(name)).contains("CURRENT");
        assertThat(AsideName.isUnnamed(name)).isFalse();
    }

    @Test
    void recognisesANameWithoutTarget() {
        String name = AsideName.unnamed();

        assertThat(name).matches("\\.writing-[0-9a-f-]{36}");
        assertThat(AsideName.isUnnamed(name)).isTrue();
        assertThat(AsideName.target(name)).isEmpty();
    }

    @Test
    void recognisesNamesOfOlderRuns() {
        assertThat(AsideName.target(".run.json.writing-killed")).contains("run.json");
        assertThat(AsideName.target("._lock-after-1.writing-")).contains("_lock-after-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", ".run.json", "run.json.writing-1", ".3.deleted-1", ".run.json.writing", ""})
    void otherNamesAreNotRecognised(String name) {
        assertThat(AsideName.target(name)).isEmpty();
        assertThat(AsideName.isUnnamed(name)).isFalse();
    }
}
