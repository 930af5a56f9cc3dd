package io.github.resnetspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** Compares variant authors with the layers of the networks that He et al. released. Skipped without that data. */
class ReleasedNetworksTest {
    /** Blocks have letters, or "a" and then "b1", "b2" and so on. */
    private static final Pattern IN_BLOCK = Pattern.compile("res(\\d)([a-z])(\\d*)_branch(1|2[abc])");

    @ParameterizedTest
    @ValueSource(ints = {50, 101, 152})
    void haveTheConvolutionsOfTheirFiles(int depth) throws IOException {
        JsonNode reference = reference(depth);
        Map<String, String> expected = new TreeMap<>();
        for (JsonNode layer : reference.path("layers")) {
            if (layer.path("op").asText().equals("conv")) {
                expected.put(
                        vertex(layer.path("name").asText()),
                        described(
                                layer.path("cin").asLong(),
                                layer.path("cout").asLong(),
                                layer.path("kernel").asInt(),
                                layer.path("stride").asInt(),
                                layer.path("pad").asInt(),
                                layer.path("bias").asBoolean()));
            }
        }

        assertThat(convolutions(LayerTableTest.released(depth)))
                .hasSize(expected.size())
                .containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(LayerTable.of(LayerTableTest.released(depth)).parameters())
                .isEqualTo(reference.path("trainable").asLong());
    }

    private static Map<String, String> convolutions(ResNetSpec spec) {
        ComputationGraphConfiguration graph =
                ResNet.configuration(spec, new ResNet.LearningRule(new NoOp(), 0), 0, DataType.FLOAT);
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, GraphVertex> entry : graph.getVertices().entrySet()) {
            if (entry.getValue() instanceof LayerVertex vertex
                    && vertex.getLayerConf().getLayer() instanceof ConvolutionLayer layer) {
                found.put(
                        entry.getKey(),
                        described(
                                layer.getNIn(),
                                layer.getNOut(),
                                layer.getKernelSize()[0],
                                layer.getStride()[0],
                                layer.getPadding()[0],
                                layer.hasBias()));
            }
        }
        return found;
    }

    private static String described(long in, long out, int kernel, int stride, int padding, boolean bias) {
        return in + " to " + out + ", kernel " + kernel + ", stride " + stride + ", padding " + padding
                + (bias ? ", bias" : "");
    }

    private static String vertex(String name) {
        if (name.equals("conv1")) {
            return "stem-conv";
        }
        Matcher matcher = IN_BLOCK.matcher(name);
        assertThat(matcher.matches()).as(name).isTrue();
        int stage = Integer.parseInt(matcher.group(1)) - 1;
        int block = matcher.group(3).isEmpty()
                ? matcher.group(2).charAt(0) - 'a' + 1
                : Integer.parseInt(matcher.group(3)) + 1;
        String branch = matcher.group(4);
        return "stage" + stage + "-block" + block + "-"
                + (branch.equals("1") ? "shortcut-conv" : "conv" + (branch.charAt(1) - 'a' + 1));
    }

    private static JsonNode reference(int depth) throws IOException {
        String folder = System.getenv("RESNET_SPARK_TEST_DATA");
        assumeTrue(folder != null, "RESNET_SPARK_TEST_DATA is not set: no released networks to compare with");
        return new ObjectMapper()
                .readTree(Path.of(folder, "resnet-reference", "resnet" + depth + "_original_shapes.json")
                        .toFile());
    }
}
