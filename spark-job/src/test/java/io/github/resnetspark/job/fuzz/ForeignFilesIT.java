package io.github.resnetspark.job.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file from outside is either read or refused with a message, whatever is wrong with it. Tries a few hundred broken files. To
 * try more or others, use {@code -Dfuzz.seconds=1200 -Dfuzz.seed=7}.
 */
class ForeignFilesIT {
    private static final long SEED = Long.getLong("fuzz.seed", 20);
    private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
    private static final int FEW = 40;
    private static final int ENOUGH = 20;

    @TempDir
    private Path folder;

    @Test
    void everySoundFileIsRead() throws Exception {
        for (ForeignReader reader : ForeignReaders.all(folder)) {
            for (byte[] file : reader.sound()) {
                reader.reading().read(file);
            }
        }
    }

    @Test
    void anyBrokenFileIsReadOrRefusedInASentence() throws IOException, InterruptedException {
        List<ForeignReader> readers = ForeignReaders.all(folder);
        List<String> objections = new ArrayList<>();
        try (Judge judge = new Judge()) {
            for (ForeignReader reader : readers) {
                // The files of one reader depend neither on the other readers nor on the available time.
                SplittableRandom random =
                        new SplittableRandom(SEED + reader.name().hashCode());
                long end = System.nanoTime() + SECONDS * 1_000_000_000L / readers.size();
                int files = 0;
                while (objections.size() < ENOUGH && (files < FEW || System.nanoTime() < end)) {
                    judge.objection(reader, broken(reader.sound(), random)).ifPresent(objections::add);
                    files++;
                }
                System.Logger.Level level = SECONDS > 0 ? System.Logger.Level.INFO : System.Logger.Level.DEBUG;
                System.getLogger(ForeignFilesIT.class.getName()).log(level, "{0}: {1} files", reader.name(), files);
            }
        }
        assertThat(objections).as("what is wrong with seed %d", SEED).isEmpty();
    }

    private static byte[] broken(List<byte[]> sound, SplittableRandom random) {
        byte[] one = sound.get(random.nextInt(sound.size()));
        byte[] other = sound.get(random.nextInt(sound.size()));
        return new Mutator(random.split()).broken(one, other);
    }
}
