package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final Provenance PROVENANCE = new Provenance(
            "train",
            Instant.parse("2026-11-21T08:00:00.123Z"),
            Instant.parse("2026-11-21T09:30:59.999Z"),
            Map.of("shards", "hdfs://namenode/shards", "manifestSha256", "ab12"),
            Map.of("train.seed", "1", "model.depth", "20"),
            Map.of("spark", "3.5.9"));

    @Test
    void writesEverythingSortedByName() {
        assertThat(PROVENANCE.toJson())
                .startsWith(
                        """
                        {
                          "formatVersion" : 1,
                          "command" : "train",
                          "started" : "2026-11-21T08:00:00Z",
                          "finished" : "2026-11-21T09:30:59Z",
                          "inputs" : {
                            "manifestSha256" : "ab12",
                            "shards" : "hdfs://namenode/shards"
                          },
                          "settings" : {
                            "model.depth" : "20",
                            "train.seed" : "1"
                          },
                          "software" : {
                            "deeplearning4j" : "1.0.0-""");
    }

    @Test
    void recordsTheVersionsOfTheSoftwareItRunsOn() throws IOException {
        JsonNode software = new ObjectMapper().readTree(PROVENANCE.toJson()).path("software");

        assertThat(software.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("deeplearning4j", "java", "onednn", "onnxruntime", "resnet-spark", "spark");
        assertThat(software).allMatch(version -> version.asText().matches("[0-9][0-9A-Za-z.+_-]*"));
    }
}
