package io.github.resnetspark.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.job.CheckpointFailures;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDirectoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RunIdentity RUN =
            new RunIdentity(new TreeMap<>(Map.of("train.epochs", "4", "model.depth", "8")), "aaaa");

    @TempDir
    Path folder;

    private CheckpointDirectory checkpoints;

    @BeforeEach
    void open() {
        checkpoints = new CheckpointDirectory(
                Storage.of(new Configuration()), new org.apache.hadoop.fs.Path(folder.toUri()), () -> {});
    }

    @Test
    void readsWhatWasWrittenBitForBit() throws IOException {
        float[] odd = {
            0f,
            -0f,
            Float.MIN_VALUE,
            Float.NaN,
            Float.NEGATIVE_INFINITY,
            (float) Math.PI,
            Float.intBitsToFloat(0x7fc12345)
        };
        // More floats than are written at once, and not a multiple of that number.
        float[] many = new float[200_001];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < many.length; i++) {
            many[i] = Float.intBitsToFloat(random.nextInt());
        }
        ObjectNode progress = JSON.createObjectNode().put("loss", 0.1 + 0.2);

        checkpoints.write(new CheckpointDirectory.Checkpoint(
                new Position(3, 128, 2), RUN, progress, Map.of("odd", odd, "many", many, "none", new float[0])));
        CheckpointDirectory.Checkpoint found = checkpoints.newestIntact().orElseThrow();

        assertThat(found.position()).isEqualTo(new Position(3, 128, 2));
        assertThat(found.run()).isEqualTo(RUN);
        assertThat(found.progress().get("loss").asDouble()).isEqualTo(0.1 + 0.2);
        assertThat(found.vectors()).containsOnlyKeys("odd", "many", "none");
        assertThat(bits(found.vectors().get("odd"))).isEqualTo(bits(odd));
        assertThat(bits(found.vectors().get("many"))).isEqualTo(bits(many));
        assertThat(found.vectors().get("none")).isEmpty();
    }

    @Test
    void changesNothingAfterAnotherRunTookOver() throws IOException {
        write(new Position(0, 64, 1), 1);
        write(new Position(0, 128, 2), 2);
        Files.createDirectory(folder.resolve(".writing-by-another-run"));
        List<String> before = names(folder);
        AtomicInteger left = new AtomicInteger();
        CheckpointDirectory lost = new CheckpointDirectory(
                Storage.of(new Configuration()), new org.apache.hadoop.fs.Path(folder.toUri()), () -> {
                    if (left.decrementAndGet() < 0) {
                        throw new IllegalStateException("taken over");
                    }
                });

        assertThatThrownBy(() -> lost.write(checkpoint(new Position(0, 128, 2), 3)))
                .hasMessage("taken over");
        assertThatThrownBy(() -> lost.prune(1, Optional.empty())).hasMessage("taken over");
        assertThatThrownBy(lost::delete).hasMessage("taken over");
        assertThat(names(folder)).isEqualTo(before);

        // Another run took over during the write: the existing checkpoint is not changed.
        left.set(1);
        assertThatThrownBy(() -> lost.write(checkpoint(new Position(0, 128, 2), 3)))
                .hasMessage("taken over");
        assertThat(checkpoints.newestIntact().orElseThrow().vectors().get("parameters"))
                .startsWith(2);
    }

    @Test
    void consistsOfFilesThatOtherToolsCanRead() throws IOException, InterruptedException {
        write(new Position(0, 64, 1), 1.5f);

        Path place = folder.resolve("epoch-00000-example-000000000064");
        assertThat(names(place)).containsExactly("SHA256SUMS", "checkpoint.json", "parameters.f32le", "recipe.txt");
        assertThat(Files.readAllBytes(place.resolve("parameters.f32le")))
                .containsExactly(0, 0, (byte) 0xc0, 0x3f, 0, 0, 0, 0x40);
        assertThat(Files.readString(place.resolve("recipe.txt"))).isEqualTo("model.depth = 8\ntrain.epochs = 4\n");
        Process sums = new ProcessBuilder("sha256sum", "--check", "--quiet", "SHA256SUMS")
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(sums.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(sums.waitFor()).isZero();
    }

    @Test
    void findsNothingInAMissingDirectory() throws IOException {
        assertThat(checkpoints.newestIntact()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.f32le", "checkpoint.json", "recipe.txt", "SHA256SUMS"})
    void usesThePreviousCheckpointIfAByteHasChanged(String file) throws IOException {
        write(new Position(0, 64, 1), 1);
        write(new Position(0, 128, 2), 2);
        write(Position.startOf(1), 3);
        change(folder.resolve("epoch-00001-example-000000000000").resolve(file));

        assertThat(checkpoints.newestIntact().orElseThrow().position()).isEqualTo(new Position(0, 128, 2));
        assertThat(names(folder))
                .containsExactly(
                        "epoch-00000-example-000000000064",
                        "epoch-00000-example-000000000128",
                        "epoch-00001-example-000000000000.damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.f32le", "checkpoint.json", "recipe.txt", "SHA256SUMS"})
    void usesThePreviousCheckpointIfAFileIsMissingOrTruncated(String file) throws IOException {
        write(new Position(0, 64, 1), 1);
        write(new Position(0, 128, 2), 2);
        write(new Position(0, 192, 3), 3);
        Files.delete(folder.resolve("epoch-00000-example-000000000192").resolve(file));
        try (RandomAccessFile cut = new RandomAccessFile(
                folder.resolve("epoch-00000-example-000000000128").resolve(file).toFile(), "rw")) {
            cut.setLength(cut.length() / 2);
        }

        assertThat(checkpoints.newestIntact().orElseThrow().position()).isEqualTo(new Position(0, 64, 1));
    }

    @Test
    void failsIfAllCheckpointsAreDamaged() throws IOException {
        write(new Position(0, 64, 1), 1);
        change(folder.resolve("epoch-00000-example-000000000064/recipe.txt"));

        assertThatThrownBy(() -> checkpoints.newestIntact())
                .isInstanceOf(FailureException.class)
                .hasMessage(CheckpointFailures.allDamaged(1, checkpoints.toString()));
        assertThat(names(folder)).containsExactly("epoch-00000-example-000000000064");
    }

    @Test
    void failsIfTheNewestCannotBeReadAtTheMoment() throws IOException {
        write(new Position(0, 64, 1), 1);
        write(new Position(0, 128, 2), 2);
        Configuration configuration = new Configuration();
        configuration.set("fs.unreliable.impl", UnreliableFileSystem.class.getName());
        UnreliableFileSystem files = (UnreliableFileSystem) FileSystem.get(URI.create("unreliable:///"), configuration);
        CheckpointDirectory unreliable = new CheckpointDirectory(
                Storage.of(configuration), new org.apache.hadoop.fs.Path("unreliable://" + folder), () -> {});

        for (int file = 1; file <= 4; file++) {
            files.failing = file;
            assertThatThrownBy(unreliable::newestIntact)
                    .isInstanceOf(FailureException.class)
                    .hasMessage(CheckpointFailures.notReadable(
                            "unreliable:" + folder + "/epoch-00000-example-000000000128", "no DataNode answers"));
        }
        files.failing = 5;

        assertThat(unreliable.newestIntact().orElseThrow().position()).isEqualTo(new Position(0, 128, 2));
        assertThat(names(folder))
                .containsExactly("epoch-00000-example-000000000064", "epoch-00000-example-000000000128");
    }

    @Test
    void leavesNoFilesOfACheckpointThatDoesNotFitOnTheDisk() throws IOException {
        write(new Position(0, 64, 1), 1);
        Configuration configuration = new Configuration();
        configuration.set("fs.unreliable.impl", UnreliableFileSystem.class.getName());
        CheckpointDirectory full = new CheckpointDirectory(
                Storage.of(configuration), new org.apache.hadoop.fs.Path("unreliable://" + folder), () -> {});

        assertThatThrownBy(() -> full.write(new CheckpointDirectory.Checkpoint(
                        new Position(0, 128, 2),
                        RUN,
                        JSON.createObjectNode(),
                        Map.of("parameters", new float[10_000]))))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("unreliable:" + folder
                        + "/\\.writing-[0-9a-f-]+/parameters\\.f32le cannot be written \\(No space left on device\\)");
        assertThat(names(folder)).containsExactly("epoch-00000-example-000000000064");
    }

    /** A local disk on which one file cannot be opened at first, and which has no space for parameters. */
    public static final class UnreliableFileSystem extends RawLocalFileSystem {
        private int failing;

        @Override
        public URI getUri() {
            return URI.create("unreliable:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize) throws IOException {
            failing--;
            if (failing == 0) {
                throw new IOException("no DataNode answers");
            }
            return super.open(file, bufferSize);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path file,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            return super.create(
                    file.getName().equals("parameters.f32le") ? new org.apache.hadoop.fs.Path("/dev/full") : file,
                    overwrite,
                    bufferSize,
                    replication,
                    blockSize,
                    progress);
        }
    }

    @Test
    void ignoresAndDeletesIncompleteFilesOfAKilledProcess() throws IOException {
        write(new Position(0, 64, 1), 1);
        Files.createDirectory(folder.resolve(".writing-1"));
        Files.writeString(folder.resolve(".writing-1/parameters.f32le"), "half");

        assertThat(checkpoints.newestIntact().orElseThrow().position()).isEqualTo(new Position(0, 64, 1));
        checkpoints.prune(3, Optional.empty());
        assertThat(names(folder)).containsExactly("epoch-00000-example-000000000064");
    }

    @Test
    void keepsTheNewestAndTheBest() throws IOException {
        for (int epoch = 1; epoch <= 12; epoch++) {
            write(Position.startOf(epoch), epoch);
        }

        checkpoints.prune(2, Optional.of(Position.startOf(4)));

        assertThat(names(folder))
                .containsExactly(
                        "epoch-00004-example-000000000000",
                        "epoch-00011-example-000000000000",
                        "epoch-00012-example-000000000000");
    }

    @Test
    void overwritesACheckpointOfTheSamePosition() throws IOException {
        write(new Position(0, 64, 1), 1);
        write(new Position(0, 64, 1), 7);

        assertThat(checkpoints.newestIntact().orElseThrow().vectors().get("parameters"))
                .containsExactly(7, 2);
    }

    private void write(Position position, float value) throws IOException {
        checkpoints.write(checkpoint(position, value));
    }

    private static CheckpointDirectory.Checkpoint checkpoint(Position position, float value) {
        return new CheckpointDirectory.Checkpoint(
                position, RUN, JSON.createObjectNode(), Map.of("parameters", new float[] {value, 2}));
    }

    private static void change(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
