package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.model.MachineFailures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A java.lang.Error ends a command like an exception. */
class FatalErrorsTest {
    private static final String FILE_SYSTEM = "spark.hadoop.fs.broken.impl";

    private static final String FULL_DISK = "spark.hadoop.fs.full.impl";

    @TempDir
    Path folder;

    @BeforeEach
    void register() {
        System.setProperty(FILE_SYSTEM, BrokenFileSystem.class.getName());
    }

    @AfterEach
    void clear() {
        System.clearProperty(FILE_SYSTEM);
        System.clearProperty(FULL_DISK);
    }

    @Test
    void aFullDiskIsReportedInTwoSentences() throws IOException {
        assertTold("disk", MachineFailures.diskFull("IOException: No space left on device"));
    }

    @Test
    void aFullHeapIsReportedInTwoSentences() throws IOException {
        assertTold("heap", MachineFailures.heapTooSmall("Java heap space"));
    }

    @Test
    void aLibraryThatCannotBeLoadedIsReportedInTwoSentences() throws IOException {
        assertTold(
                "library",
                MachineFailures.libraryNotLoaded(
                        "UnsatisfiedLinkError: /tmp/liby.so: failed to map segment from shared object"));
    }

    @Test
    void anUnknownErrorIsReportedInTwoSentences() throws IOException {
        assertTold("other", "AssertionError: 7. " + CommandFailures.seeStackTrace());
    }

    @Test
    void theResultIsWrittenIfTheDiskHasNoRoomForASecondFile() throws IOException {
        System.setProperty(FULL_DISK, FullFileSystem.class.getName());
        Path result = folder.resolve("result.json");

        Console console =
                Console.run("list", "--registry", "broken:///heap", "--name", "birds", "--result", "full://" + result);

        assertThat(console.err()).startsWith("The Java heap is too small").hasLineCount(1);
        assertThat(Files.readString(result))
                .startsWith("{\"command\":\"list\",\"status\":\"failed\",\"exitCode\":1,")
                .endsWith("}\n");
        assertThat(folder).isDirectoryNotContaining("glob:**writing**");
    }

    private void assertTold(String kind, String sentences) throws IOException {
        Path result = folder.resolve("result.json");

        Console console = Console.run(
                "list",
                "--registry",
                "broken:///" + kind,
                "--name",
                "birds",
                "--result",
                result.toUri().toString());

        assertThat(console.err()).isEqualTo(sentences + System.lineSeparator());
        assertThat(console.code()).isEqualTo(1);
        assertThat(Files.readString(result))
                .isEqualTo("{\"command\":\"list\",\"status\":\"failed\",\"exitCode\":1,\"problems\":[\"" + sentences
                        + "\"]}\n");
    }

    /** Fails in the way that the first directory of a path names. */
    public static final class BrokenFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("broken:///");
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            String kind = path.toUri().getPath().split("/", -1)[1];
            if (kind.equals("disk")) {
                try (OutputStream full = create(new org.apache.hadoop.fs.Path("/dev/full"), true)) {
                    full.write(new byte[1 << 16]);
                }
            }
            throw switch (kind) {
                case "heap" -> new OutOfMemoryError("Java heap space");
                case "library" -> new UnsatisfiedLinkError("/tmp/liby.so: failed to map segment from shared object");
                default -> new AssertionError(7);
            };
        }
    }

    /** The local disk, which accepts only one temporary file. */
    public static final class FullFileSystem extends RawLocalFileSystem {
        private boolean full;

        @Override
        public URI getUri() {
            return URI.create("full:///");
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
            boolean temporary = file.getName().contains(".writing-");
            boolean refused = temporary && full;
            full |= temporary;
            return super.create(
                    refused ? new org.apache.hadoop.fs.Path("/dev/full") : file,
                    overwrite,
                    bufferSize,
                    replication,
                    blockSize,
                    progress);
        }
    }
}
