package io.github.resnetspark.job.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.SmallModels;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    private static final Configuration CONFIGURATION = new Configuration();

    @TempDir
    Path folder;

    private RunRecord run;
    private Registry registry;
    private Path first;
    private Path second;

    @BeforeEach
    void begin() throws IOException {
        registry = new Registry(folder.toUri(), "pets", CONFIGURATION);
        run = new RunsDirectory(Storage.of(CONFIGURATION), registry.home()).run("monday");
        run.begin("monday", new TreeMap<>(), Optional.empty(), Optional.empty());
        first = SmallModels.write(folder, 0, List.of("cat", "dog"));
        second = SmallModels.write(folder, 1, List.of("cat", "dog"));
    }

    @Test
    void knowsAPromotionThatWasRolledBackAfterTheRunWasKilled() throws IOException {
        registry.promote(first, Optional.empty());
        moveBackAnHour();

        registry.promote(second, Optional.of("1"), run::noteIntention);
        assertThat(run.promotedAs(registry.moved())).contains("2");
        registry.rollback(Optional.empty());

        assertThat(run.promotedAs(registry.moved())).contains("2");
    }

    @Test
    void knowsThatAPromotionDidNotHappen() throws IOException {
        assertThatThrownBy(() -> registry.promote(first, Optional.empty(), (version, moved) -> {
                    run.noteIntention(version, moved);
                    throw new IOException("killed");
                }))
                .hasMessage("killed");
        assertThat(registry.versions()).containsExactly("1");
        assertThat(registry.current()).isEmpty();

        assertThat(run.promotedAs(registry.moved())).isEmpty();
    }

    @Test
    void knowsThatAPromotionIsDone() throws IOException {
        assertThat(run.promotedAs(registry.moved())).isEmpty();

        registry.promote(first, Optional.empty(), run::noteIntention);
        run.notePromotion("1");

        assertThat(run.promotedAs(registry.moved())).contains("1");
        assertThat(Files.readString(folder.resolve("pets/runs/monday/run.json")))
                .doesNotContain("currentMoved");
    }

    /** Because file systems have coarse timestamps. */
    private void moveBackAnHour() throws IOException {
        Files.setLastModifiedTime(
                folder.resolve("pets/CURRENT"), FileTime.from(Instant.now().minusSeconds(3600)));
    }
}
