package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import io.github.resnetspark.storage.StorageLock.LockLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLockWatchTest {
    @TempDir
    Path folder;

    @Test
    void stopsTheTrainingAfterARoundIfTheLockWasLost() throws IOException {
        Path file = folder.resolve("_retrain-lock");
        try (StorageLock lock =
                StorageLock.take(Storage.of(new Configuration()), new org.apache.hadoop.fs.Path(file.toUri()))) {
            TrainingLock.Watch listener = new TrainingLock.Watch(lock::requireHeld);
            assertThatCode(() -> listener.onRound(null)).doesNotThrowAnyException();

            Files.delete(file);

            assertThatThrownBy(() -> listener.onRound(null)).isInstanceOf(LockLostException.class);
        }
    }
}
