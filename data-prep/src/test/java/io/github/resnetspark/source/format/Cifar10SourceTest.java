package io.github.resnetspark.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class Cifar10SourceTest {
    @TempDir
    Path folder;

    private Path source;
    private Path staging;

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        staging = folder.resolve("staging");
    }

    @Test
    void filesThatStartWithTestAreForValidation() throws IOException {
        Files.write(source.resolve("train_100_per_class.bin"), Pictures.cifar(30, 1));
        Files.write(source.resolve("test_50_per_class.bin"), Pictures.cifar(12, 2));
        Files.writeString(source.resolve("readme.html"), "no picture");

        SourceListing listing = SourceCase.list(source, staging);

        assertThat(listing.train()).hasSize(30);
        assertThat(listing.validation()).hasSize(12);
        assertThat(listing.train().get(7))
                .isEqualTo(
                        new SourceExample("train_100_per_class.bin#7", 7, "train_100_per_class.bin", 7 * 3073, 3073));
        assertThat(listing.classNames())
                .containsExactly(
                        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    }

    @Test
    void readsRecordsInTheOrderOfTheRequest() throws IOException {
        byte[] one = Pictures.cifar(20, 1);
        byte[] two = Pictures.cifar(20, 2);
        Files.write(source.resolve("data_batch_1.bin"), one);
        Files.write(source.resolve("data_batch_2.bin"), two);
        SourceListing listing = SourceCase.list(source, staging);
        List<SourceExample> examples = new java.util.ArrayList<>(listing.train());
        Collections.shuffle(examples, new Random(3));

        SourceCase read = SourceCase.read(listing, examples);

        for (int i = 0; i < examples.size(); i++) {
            SourceExample example = examples.get(i);
            byte[] file = example.file().endsWith("1.bin") ? one : two;
            int at = (int) example.offset();
            ShardRow row = read.rows.get(i);
            assertThat(row.path()).isEqualTo(example.file() + "#" + at / 3073);
            assertThat(row.label()).isEqualTo(file[at]);
            RgbImage image = new ImageCodec().decode(row.bytes());
            assertThat(image).isEqualTo(read.images.get(i));
            for (int pixel = 0; pixel < 1024; pixel++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(image.pixels()[3 * pixel + channel]).isEqualTo(file[at + 1 + 1024 * channel + pixel]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.tar", "c.tar.gz", "c.tgz", "c.tar.xz"})
    void readsFilesFromAnyFolderOfAnArchive(String name) throws IOException {
        String names = "\uFEFFa\r\nb\r\nc\nd\ne\nf\ng\nh\ni\nj\n\n";
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("cifar-10-batches-bin/data_batch_1.bin", Pictures.cifar(15, 1));
        entries.put("cifar-10-batches-bin/batches.meta.txt", names.getBytes(StandardCharsets.UTF_8));
        entries.put("cifar-10-batches-bin/readme.html", new byte[700]);
        entries.put("cifar-10-batches-bin/test_batch.bin", Pictures.cifar(5, 2));
        Path archive = write(name, Pictures.tar(entries));

        SourceListing listing = SourceCase.list(archive, staging);

        assertThat(listing.classNames()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        assertThat(listing.train()).hasSize(15);
        assertThat(listing.validation()).hasSize(5);
        assertThat(SourceCase.read(listing, listing.validation()).rows.get(4).path())
                .isEqualTo("test_batch.bin#4");
        try (var unpacked = Files.list(staging)) {
            assertThat(unpacked.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("data_batch_1.bin", "batches.meta.txt", "test_batch.bin");
        }
    }

    @Test
    void theFilesMayBeInTheUsualSubfolder() throws IOException {
        Path usual = Files.createDirectory(source.resolve("cifar-10-batches-bin"));
        Files.write(usual.resolve("data_batch_1.bin"), Pictures.cifar(3, 1));

        assertThat(SourceCase.list(source, staging).train()).hasSize(3);
    }

    @Test
    void aSingleFileIsASource() throws IOException {
        Files.write(source.resolve("few.bin"), Pictures.cifar(3, 1));

        assertThat(SourceCase.list(source.resolve("few.bin"), staging).train()).hasSize(3);
    }

    @Test
    void theInventoryHasNamesLengthsAndHashes() throws IOException {
        Files.write(source.resolve("data_batch_1.bin"), Pictures.cifar(3, 1));
        Files.write(source.resolve("test_batch.bin"), Pictures.cifar(1, 1));

        assertThat(SourceCase.open(source, SourceFormat.AUTO, List.of()).inventory())
                .containsExactly(
                        "data_batch_1.bin 9219 " + Sha256.of(Pictures.cifar(3, 1)),
                        "test_batch.bin 3073 " + Sha256.of(Pictures.cifar(1, 1)));
    }

    @Test
    void reportsAllInvalidLabelsAndTruncatedFilesAtOnce() throws IOException {
        byte[] wrong = Pictures.cifar(20, 1);
        wrong[3073 * 4] = 10;
        wrong[3073 * 17] = (byte) 255;
        Files.write(source.resolve("data_batch_1.bin"), wrong);
        Files.write(source.resolve("data_batch_2.bin"), new byte[3074]);

        refuses(
                source,
                ArchiveFailures.damagedCifar10(
                        "file:" + source,
                        List.of(
                                SourceReasons.recordLabel("data_batch_1.bin", 4, 10),
                                SourceReasons.recordLabel("data_batch_1.bin", 17, 255),
                                SourceReasons.partialRecord("data_batch_2.bin", 3074, 3073))));
    }

    @Test
    void refusesAnArchiveWhoseEntriesPointOutsideIt() throws IOException {
        Path archive = write("c.tar", Pictures.tar(Map.of("x/../../evil.bin", Pictures.cifar(1, 1))));

        refuses(archive, ArchiveFailures.escapingEntry("file:" + archive, "x/../../evil.bin"));
        assertThat(folder.resolve("evil.bin")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.tar", "c.tar.gz", "c.tar.xz"})
    void refusesATruncatedArchive(String name) throws IOException {
        Path archive = write(name, Pictures.tar(Map.of("data_batch_1.bin", Pictures.cifar(50, 1))));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> SourceCase.list(archive, staging))
                .isInstanceOf(SourceException.class)
                .hasMessageMatching("file:.*" + name + " cannot be unpacked \\(.+\\)\\. Download the archive again\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.tar", "c.tar.gz", "c.tar.xz"})
    void refusesAnArchiveTruncatedBetweenTwoFiles(String name) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("data_batch_1.bin", Pictures.cifar(1, 1));
        entries.put("test_batch.bin", Pictures.cifar(1, 2));
        int firstEntry = 512 + 7 * 512;
        Path archive = write(name, Arrays.copyOf(Pictures.tar(entries), firstEntry));

        refuses(archive, ArchiveFailures.cannotUnpack("file:" + archive, SourceReasons.noEndMarker()));
    }

    @Test
    void refusesAHugeEntry() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("data_batch_1.bin");
        entry.setSize(2L << 30);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);
        Path archive = write("c.tar", header);

        refuses(
                archive,
                ArchiveFailures.tooLarge(
                        "file:" + archive, "data_batch_1.bin", 2L << 30, 2L << 30, 1L << 30, 4L << 30));
    }

    /**
     * GNU's old form (type S, with the size and a map of the file in the header) and its newer one (preceding
     * attributes).
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesASparseFile(boolean old) throws IOException {
        long size = old ? (8L << 30) - 1 : 1 << 30;
        byte[] tar = old ? SparseTars.old("data_batch_1.bin", size) : SparseTars.pax("data_batch_1.bin", size);
        Path archive = write("c.tar", tar);

        refuses(archive, ArchiveFailures.sparseEntry("file:" + archive, "data_batch_1.bin", size));
        try (var unpacked = Files.list(staging)) {
            assertThat(unpacked).isEmpty();
        }
    }

    @Test
    void refusesAttributesThatWouldExhaustMemory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(SparseTars.header("././@LongLink", 8L << 30, 'L'));
            byte[] zeros = new byte[1 << 16];
            Arrays.fill(zeros, (byte) 'x');
            for (int i = 0; i < 64; i++) {
                zipped.write(zeros);
            }
        }
        Path archive = write("c.bin", new byte[0]).resolveSibling("c.tar.gz");
        Files.write(archive, bytes.toByteArray());

        refuses(archive, ArchiveFailures.cannotUnpack("file:" + archive, SourceReasons.headerTooLong(1 << 20)));
    }

    @Test
    void skipsLinksAndCompanionFilesOfMacOs() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("._data_batch_1.bin", new byte[163]);
        entries.put("data_batch_1.bin", Pictures.cifar(3, 1));
        entries.put("__MACOSX/data_batch_2.bin", new byte[163]);
        byte[] files = Pictures.tar(entries);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tar.write(SparseTars.header("data_batch_3.bin", 0, '2'));
        tar.write(SparseTars.header("data_batch_4.bin", 0, '6'));
        tar.write(files);
        Path archive = write("c.tar", tar.toByteArray());

        assertThat(SourceCase.list(archive, staging).train()).hasSize(3);
        Files.write(source.resolve("data_batch_1.bin"), Pictures.cifar(3, 1));
        Files.write(source.resolve("._data_batch_1.bin"), new byte[163]);
        assertThat(SourceCase.list(source, staging).train()).hasSize(3);
    }

    @Test
    void refusesAnArchiveThatDeclaresTooMuchMemory() throws IOException {
        Path archive = write("c.tar.xz", Pictures.tar(Map.of("data_batch_1.bin", Pictures.cifar(1, 1))));
        byte[] bytes = Files.readAllBytes(archive);
        int block = 12;
        int checksum = block + (bytes[block] & 0xff) * 4;
        // The LZMA2 filter's dictionary: 36 means 1 GiB.
        bytes[block + 4] = 36;
        CRC32 crc = new CRC32();
        crc.update(bytes, block, checksum - block);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(checksum, (int) crc.getValue());
        Files.write(archive, bytes);

        assertThatThrownBy(() -> SourceCase.list(archive, staging))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("KiB of memory would be needed; limit was 262144 KiB");
    }

    @Test
    void refusesASourceWithoutTrainingPictures() throws IOException {
        Files.write(source.resolve("test_batch.bin"), Pictures.cifar(1, 1));

        refuses(source, ArchiveFailures.noTrainingBinaries("file:" + source));
    }

    @Test
    void refusesAWrongNumberOfClassNames() throws IOException {
        Files.write(source.resolve("data_batch_1.bin"), Pictures.cifar(1, 1));

        assertThatThrownBy(() -> SourceCase.open(source, SourceFormat.CIFAR10, List.of("cat", "dog"))
                        .list(new org.apache.hadoop.fs.Path(staging.toUri()), SourceCase.HERE))
                .isInstanceOf(SourceException.class)
                .hasMessage(LabelFailures.notTenClasses("prepare.labels", 2));
    }

    private void refuses(Path root, String message) {
        assertThatThrownBy(() -> SourceCase.list(root, staging))
                .isInstanceOf(SourceException.class)
                .hasMessage(message);
    }

    private Path write(String name, byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith("xz")
                ? new XZOutputStream(bytes, new LZMA2Options(1))
                : name.endsWith("gz") ? new GZIPOutputStream(bytes) : bytes) {
            out.write(tar);
        }
        return Files.write(source.resolve(name), bytes.toByteArray());
    }
}
