package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.lock.LockLostException;
import io.github.resnetspark.lock.StorageLock;
import io.github.resnetspark.shard.Storage;
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
    void endsTheTrainingAfterARoundWhenTheLockWasLost() throws IOException {
        Path file = folder.resolve("_retrain-lock");
        try (StorageLock lock =
                StorageLock.take(new Storage(new Configuration()), new org.apache.hadoop.fs.Path(file.toUri()))) {
            TrainingLock.Watch listener = new TrainingLock.Watch(lock::requireHeld);
            assertThatCode(() -> listener.onRound(null)).doesNotThrowAnyException();

            Files.delete(file);

            assertThatThrownBy(() -> listener.onRound(null)).isInstanceOf(LockLostException.class);
        }
    }
}
