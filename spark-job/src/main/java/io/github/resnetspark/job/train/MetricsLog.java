package io.github.resnetspark.job.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.shard.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * {@code metrics.jsonl}: one JSON object per line, with {@code "type": "round"} and the fields of {@link RoundMetrics},
 * or {@code "type": "validation"} and those of {@link ValidationMetrics}. Every line can be read as soon as it is written.
 */
final class MetricsLog implements TrainingListener, Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FSDataOutputStream out;

    MetricsLog(Storage storage, Path file) throws IOException {
        this.out = storage.create(file);
    }

    @Override
    public void onRound(RoundMetrics metrics) {
        write("round", metrics);
    }

    @Override
    public void onValidation(ValidationMetrics metrics) {
        write("validation", metrics);
    }

    private void write(String type, Object metrics) {
        ObjectNode line = JSON.createObjectNode().put("type", type);
        line.setAll(JSON.<ObjectNode>valueToTree(metrics));
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.hflush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
