package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static final Provenance PROVENANCE = new Provenance(
            "train",
            Instant.parse("2026-11-21T08:00:00Z"),
            Instant.parse("2026-11-21T09:30:00Z"),
            Map.of("shards", "hdfs://namenode/shards"),
            Map.of("train.seed", "1", "model.depth", "50"),
            Map.of("spark", "3.5.5"));

    @Test
    void showsNamesFromOutsideAsTheyAreWhateverTheyMeanInMarkdown() {
        List<String> labels = List.of("a|b*_<i>`[x](y)&#$!\\", "- 1. dog\u2028#");
        String card = ModelCard.of(new BundleContents(
                ResNetSpec.cifar(8, Shortcut.A, 2),
                labels,
                Preprocessing.of(32, Normalization.IMAGENET),
                """
                {"validation": {"top1": 0.5, "examples": 2, "confusion": [[0, 1, 1]],
                 "data": {"split": "validation", "name": "run|<b>", "manifestSha256": "ab`c"},
                 "classes": [{"label": "x|y\\n| z", "examples": 2}]}}""",
                Optional.of(new Provenance(
                                "train",
                                Instant.EPOCH,
                                Instant.EPOCH,
                                Map.of("shards", "file:/a\n# b_c_d"),
                                Map.of("x", "1\n\n# Forged"),
                                Map.of())
                        .toJson())));

        String first = "a\\|b\\*\\_\\<i\\>\\`\\[x\\](y)\\&\\#\\$\\!\\\\";
        String second = "\\- 1. dog\\\\u2028\\#";
        assertThat(card)
                .contains("Classes: " + first + "; " + second + ".\n")
                .contains("\n- " + first + " taken for " + second + ": 1\n")
                .contains("\n| x\\|y\\\\n\\| z | 2 |")
                .contains(" of the shards run\\|\\<b\\>, whose")
                .contains("\n`abc`.\n")
                .contains("\n- shards: file:/a\\\\n\\# b\\_c\\_d\n")
                .contains("\n    x = 1\\n\\n# Forged\n");
    }

    @Test
    void tellsWhatItIsHowGoodItIsAndWhereItComesFrom() {
        String card = ModelCard.of(new BundleContents(
                ResNetSpec.imageNet(50, 30),
                IntStream.rangeClosed(1, 30).mapToObj(label -> "class " + label).toList(),
                Preprocessing.of(224, Normalization.IMAGENET),
                "{\"validation\": {\"examples\": 50000, \"top1\": 0.7613, \"top5\": 0.92862, \"loss\": 0.96}}",
                Optional.of(PROVENANCE.toJson())));

        assertThat(card)
                .startsWith(
                        """
                        # ResNet-50 v1.5

                        A residual network that tells 30 classes apart in RGB pictures of 224 × 224 pixels. It has 23,569,502 parameters.

                        Classes: class 1; class 2; class 3;""")
                .contains(
                        "; class 20; and 10 more in labels.txt.\n",
                        """
                        ## How good it is

                        | on 50,000 validation pictures | |
                        |---|---|
                        | right class first (top-1) | 76.13 % |
                        | right class among the first five (top-5) | 92.86 % |
                        | cross-entropy, nats | 0.9600 |

                        ## Where it comes from

                        Made by `resnet-spark train`, finished 2026-11-21T09:30:00Z.

                        - shards: hdfs://namenode/shards

                        The recipe, defaults included:

                            model.depth = 50
                            train.seed = 1

                        With this software:

                        - deeplearning4j: 1.0.0-""",
                        "A picture is scaled to a short side of 256 pixels, cropped to 224 × 224 in its centre and"
                                + " normalised;\n",
                        "a probability of 90 % is right was not measured.\n");
    }

    @Test
    void saysSoWhereNobodyMeasuredOrKnows() {
        String card = ModelCard.of(
                new BundleContents(Bundles.SPEC, List.of("100 %", "%s"), Bundles.CONTENTS.preprocessing(), "{}"));

        assertThat(card)
                .contains("Classes: 100 %; %s.\n", "Nobody has measured it here: `resnet-spark evaluate` does.\n")
                .doesNotContain("Where it comes from", "The figures hold");
    }

    @Test
    void tellsHowEachOfAFewClassesFaredAndWhatIsConfused() {
        String card = ModelCard.of(
                new BundleContents(
                        Bundles.SPEC,
                        List.of("cat", "a|b"),
                        Bundles.CONTENTS.preprocessing(),
                        """
                {"validation": {"examples": 10, "top1": 0.7, "calibrationError": 0.0312,
                  "data": {"name": "pets", "split": "validation", "manifestSha256": "abc"},
                  "classes": [{"label": "cat", "examples": 8, "recall": 0.75, "precision": 0.857},
                              {"label": "a|b", "examples": 2, "recall": 0.5, "precision": 0.333}],
                  "confusion": [[0, 0, 6], [0, 1, 2], [1, 0, 1], [1, 1, 1], [1, 7, 9], ["x"]]}}"""));

        assertThat(card)
                .contains(
                        """
                        | right class first (top-1) | 70.00 % |
                        | expected calibration error, 15 bins | 3.12 % |

                        Measured on the split validation of the shards pets, whose manifest has the SHA-256
                        `abc`.

                        Class by class:

                        | class | pictures | of them recognised | right among those taken for it |
                        |---|---|---|---|
                        | cat | 8 | 75.00 % | 85.70 % |
                        | a\\|b | 2 | 50.00 % | 33.30 % |

                        The most frequent mistakes:

                        - cat taken for a\\|b: 2
                        - a\\|b taken for cat: 1

                        ## How to use it
                        """,
                        "They differ from how often it is right by 3.1 percentage points\n");
    }

    @Test
    void ofManyClassesItTellsTheTenThatAreRecognisedLeast() {
        StringBuilder classes = new StringBuilder();
        for (int label = 0; label < 30; label++) {
            String recall = label == 29 ? "" : ", \"recall\": " + (29 - label) / 100.0;
            classes.append(label == 0 ? "" : ",").append("{\"label\": \"c" + label + "\"" + recall + "}");
        }

        String card = ModelCard.of(new BundleContents(
                ResNetSpec.imageNet(50, 30),
                IntStream.range(0, 30).mapToObj(label -> "c" + label).toList(),
                Preprocessing.of(224, Normalization.IMAGENET),
                "{\"validation\": {\"examples\": 10, \"top1\": 0.5, \"classes\": [" + classes + "]}}"));

        assertThat(card)
                .contains(
                        "The classes that are recognised least; `metrics.json` has all:\n",
                        "|---|---|---|---|\n| c28 | 0 | 1.00 % | – |\n",
                        "| c19 | 0 | 10.00 % | – |\n\n## ")
                .doesNotContain("| c29 |", "| c18 |");
    }
}
