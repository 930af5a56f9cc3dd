package io.github.resnetspark.job.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.file.ChecksumList;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.job.CheckpointFailures;
import io.github.resnetspark.message.job.TrainingReasons;
import io.github.resnetspark.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** The files of one checkpoint. Reading verifies the checksum of every file that it uses. */
final class CheckpointFiles {
    static final String PROGRESS = "checkpoint.json";
    static final String RECIPE = "recipe.txt";
    static final String VECTOR = ".f32le";

    private static final int FORMAT_VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Storage storage;
    private final Path directory;

    CheckpointFiles(Storage storage, Path directory) {
        this.storage = storage;
        this.directory = directory;
    }

    void write(CheckpointDirectory.Checkpoint checkpoint) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        ObjectNode lengths = JSON.createObjectNode();
        for (Map.Entry<String, float[]> vector : new TreeMap<>(checkpoint.vectors()).entrySet()) {
            lengths.put(vector.getKey(), vector.getValue().length);
            sums.put(vector.getKey() + VECTOR, write(vector.getKey() + VECTOR, vector.getValue()));
        }
        Position position = checkpoint.position();
        ObjectNode document = JSON.createObjectNode().put("formatVersion", FORMAT_VERSION);
        document.putObject("position")
                .put("epoch", position.epoch())
                .put("example", position.example())
                .put("round", position.round());
        document.put("recipeSha256", checkpoint.run().settingsSha256())
                .put("manifestSha256", checkpoint.run().manifestSha256());
        document.set("vectors", lengths);
        document.set("progress", checkpoint.progress());
        sums.put(PROGRESS, write(PROGRESS, document.toPrettyString() + "\n"));
        sums.put(RECIPE, write(RECIPE, checkpoint.run().text()));
        write(ChecksumList.FILE_NAME, new ChecksumList(sums).text());
    }

    /**
     * Reads the checkpoint.
     *
     * @throws Damaged if a file is missing or damaged
     * @throws FailureException if a newer release wrote it
     * @throws IOException if the file system cannot read it at the moment
     */
    CheckpointDirectory.Checkpoint read() throws IOException, Damaged {
        try {
            return readIntact();
        } catch (FileNotFoundException | EOFException | JsonProcessingException | ChecksumException e) {
            throw new Damaged(e.getMessage(), e);
        }
    }

    private CheckpointDirectory.Checkpoint readIntact() throws IOException, Damaged {
        ChecksumList sums = sums();
        JsonNode document = JSON.readTree(text(PROGRESS, sums));
        int version = document.path("formatVersion").asInt();
        if (version > FORMAT_VERSION) {
            throw new FailureException(
                    Kind.DATA, CheckpointFailures.newerFormat(directory.toString(), version, FORMAT_VERSION));
        }
        if (version != FORMAT_VERSION) {
            throw new Damaged(TrainingReasons.otherFormat(PROGRESS, version, FORMAT_VERSION));
        }
        Map<String, float[]> vectors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> vector : document.path("vectors").properties()) {
            vectors.put(
                    vector.getKey(),
                    vector(vector.getKey() + VECTOR, vector.getValue().asInt(), sums));
        }
        JsonNode position = document.path("position");
        return new CheckpointDirectory.Checkpoint(
                new Position(
                        position.path("epoch").asInt(),
                        position.path("example").asLong(),
                        position.path("round").asInt()),
                RunIdentity.parse(
                        text(RECIPE, sums), document.path("manifestSha256").asText()),
                document.withObject("/progress"),
                vectors);
    }

    private ChecksumList sums() throws IOException, Damaged {
        try {
            return ChecksumList.parse(storage.read(new Path(directory, ChecksumList.FILE_NAME)));
        } catch (ChecksumList.BadLineException e) {
            throw new Damaged(TrainingReasons.notAListOfChecksums(ChecksumList.FILE_NAME), e);
        }
    }

    private String text(String name, ChecksumList sums) throws IOException, Damaged {
        byte[] bytes = storage.read(new Path(directory, name));
        compare(name, Sha256.of(bytes), sums);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private float[] vector(String name, int length, ChecksumList sums) throws IOException, Damaged {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(storage.open(new Path(directory, name)), digest)) {
            float[] values = FloatVectors.read(in, length);
            if (in.read() >= 0) {
                throw new Damaged(TrainingReasons.tooLong(name, length));
            }
            compare(name, Sha256.hexadecimal(digest), sums);
            return values;
        }
    }

    private static void compare(String name, String sum, ChecksumList sums) throws Damaged {
        if (!sums.matches(name, sum)) {
            throw new Damaged(TrainingReasons.wrongChecksum(name));
        }
    }

    private String write(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (FSDataOutputStream out = storage.create(new Path(directory, name))) {
            out.write(bytes);
            out.hsync();
        }
        return Sha256.of(bytes);
    }

    private String write(String name, float[] values) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FSDataOutputStream out = storage.create(new Path(directory, name))) {
            // The digest stream need not be closed, and closing it would close the file before hsync.
            FloatVectors.write(values, new DigestOutputStream(out, digest));
            out.hsync();
        }
        return Sha256.hexadecimal(digest);
    }

    /** The checkpoint is damaged. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }

        Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
