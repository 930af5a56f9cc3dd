package io.github.resnetspark.job.score;

import io.github.resnetspark.predict.Candidate;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** One Parquet file of the table. It has a temporary name until it is complete. */
final class ScoreFile implements Closeable {
    /** Prefix of incomplete files, which readers of tables ignore. */
    private static final String UNFINISHED = "_";

    private static final String PATH = "path";
    private static final String LABELS = "labels";
    private static final String PROBABILITIES = "probabilities";
    private static final String ERROR = "error";

    /** Lists as Spark, Hive, DuckDB and pandas read them. */
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message scores {
              required binary path (STRING);
              optional group labels (LIST) { repeated group list { required binary element (STRING); } }
              optional group probabilities (LIST) { repeated group list { required float element; } }
              optional binary error (STRING);
            }
            """);

    private final SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
    private final Storage storage;
    private final Path file;
    private final Path temporary;
    private final int top;
    private final ParquetWriter<Group> writer;
    private boolean open = true;

    /**
     * @param attempt distinguishes tasks that write the same file at the same time
     * @param top number of classes per row
     */
    ScoreFile(Path file, long attempt, int top, Storage storage) throws IOException {
        this.storage = storage;
        this.file = file;
        this.temporary = new Path(file.getParent(), UNFINISHED + file.getName() + "." + attempt + ".tmp");
        this.top = top;
        this.writer = ExampleParquetWriter.builder(new Target(storage, temporary))
                .withConf(storage.configuration())
                .withType(SCHEMA)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build();
    }

    /** Whether a file is one that was not committed. */
    static boolean isUnfinished(Path file) {
        return file.getName().startsWith(UNFINISHED);
    }

    /** Adds a row. */
    void write(String path, PictureResult result) throws IOException {
        Group row = rows.newGroup().append(PATH, path);
        result.prediction().ifPresent(prediction -> {
            Group labels = row.addGroup(LABELS);
            Group probabilities = row.addGroup(PROBABILITIES);
            for (Candidate candidate : prediction.top(top)) {
                labels.addGroup("list").append("element", candidate.label());
                probabilities.addGroup("list").append("element", candidate.probability());
            }
        });
        result.problem().ifPresent(problem -> row.append(ERROR, problem));
        writer.write(row);
    }

    /** Finishes the file and renames it. It replaces the file of another attempt of the same task. */
    void commit() throws IOException {
        writer.close();
        storage.rename(temporary, file);
        open = false;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            try {
                writer.close();
            } finally {
                storage.delete(temporary);
            }
        }
    }

    /** Without Hadoop's hidden {@code .crc} files next to local ones. */
    private record Target(Storage storage, Path path) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) throws IOException {
            return HadoopStreams.wrap(storage.create(path));
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) throws IOException {
            return HadoopStreams.wrap(storage.create(path));
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
