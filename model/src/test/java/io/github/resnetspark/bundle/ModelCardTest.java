package io.github.resnetspark.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.ResizeMethod;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.onnx.OnnxOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Block YAML of keys and list items. All scalars are double-quoted strings or numbers in JSON's syntax. */
    private static final Pattern YAML = Pattern.compile("(?: {2})*(?:- )?(?:([a-z_-]+):(?: (\\S.*))?|(\".*\"))");

    private static final Provenance PROVENANCE = new Provenance(
            "train",
            Instant.parse("2026-11-21T08:00:00Z"),
            Instant.parse("2026-11-21T09:30:00Z"),
            Map.of("shards", "hdfs://namenode/shards", "manifestSha256", "c4eb"),
            Map.of(
                    "train.seed",
                    "1",
                    "model.depth",
                    "50",
                    "optimizer.schedule",
                    "cosine",
                    "optimizer.weight-decay",
                    "1.0E-4"),
            Map.of("spark", "3.5.9"));

    private static String card(BundleContents contents) {
        return ModelCard.of(contents, Optional.of(OnnxOptions.asTrained(contents.preprocessing())));
    }

    private static String frontMatter(String card) {
        assertThat(card).startsWith("---\n");
        return card.substring(4, card.indexOf("\n---\n", 4));
    }

    @Test
    void theFrontMatterHasWhatTheHubReads() {
        String card = card(
                new BundleContents(
                        Bundles.SPEC,
                        Bundles.CONTENTS.labels(),
                        Bundles.CONTENTS.preprocessing(),
                        """
                {"validation": {"examples": 450, "top1": 0.37555555555, "top5": 1,
                  "data": {"name": "pets", "split": "test"}}}"""));

        assertThat(frontMatter(card))
                .isEqualTo(
                        """
                        # Before you publish this model, add its license, such as 'license: apache-2.0'.
                        # If its data set is on the Hub, add 'datasets:' and a list with its name.
                        library_name: "deeplearning4j"
                        pipeline_tag: "image-classification"
                        tags:
                          - "resnet"
                          - "deeplearning4j"
                          - "safetensors"
                          - "onnx"
                        metrics:
                          - "accuracy"
                        model-index:
                          - name: "CIFAR ResNet-8 (A)"
                            results:
                              - task:
                                  type: "image-classification"
                                  name: "Image Classification"
                                dataset:
                                  name: "pets"
                                  type: "parquet"
                                  split: "test"
                                metrics:
                                  - type: "accuracy"
                                    name: "Top-1 accuracy"
                                    value: 0.375556
                                  - type: "accuracy"
                                    name: "Top-5 accuracy"
                                    value: 1.000000""");
    }

    @Test
    void theFrontMatterOfAnUnmeasuredModelHasNoResults() {
        BundleContents unmeasured =
                new BundleContents(Bundles.SPEC, Bundles.CONTENTS.labels(), Bundles.CONTENTS.preprocessing(), "{}");

        assertThat(frontMatter(ModelCard.of(unmeasured, Optional.empty())))
                .endsWith(
                        """
                        tags:
                          - "resnet"
                          - "deeplearning4j"
                          - "safetensors\"""");
    }

    @Test
    void theFrontMatterIsValidYamlForAnyNameOfADataSet() throws JsonProcessingException {
        String name = "---\n\"a\": b # c\\ - {d} [e] 'f' %s \u0007\u0085\u2028\uFEFF\uFFFE é \uD83D\uDC08";
        String metrics = "{\"validation\": {\"top1\": 0.5, \"data\": {\"name\": " + JSON.writeValueAsString(name)
                + ", \"split\": \"\\n---\\n\"}}}";
        String front = frontMatter(card(new BundleContents(
                Bundles.SPEC, Bundles.CONTENTS.labels(), Bundles.CONTENTS.preprocessing(), metrics)));

        assertThat(scalar(front, "name: \"---"))
                .isEqualTo("---\\n\"a\": b # c\\ - {d} [e] 'f' %s \\u0007\\u0085\\u2028\\ufeff\uFFFE é \uD83D\uDC08");
        assertThat(scalar(front, "split:")).isEqualTo("\\n---\\n");
        assertThat(front.codePoints().mapToObj(Character::toString)).noneMatch("\uFFFE"::equals);
    }

    /** Checks that every line is YAML, and returns the value of the line with the given start. */
    private static String scalar(String front, String start) throws JsonProcessingException {
        String found = "";
        for (String line : front.lines().filter(any -> !any.startsWith("#")).toList()) {
            Matcher yaml = YAML.matcher(line);
            assertThat(yaml.matches()).as(line).isTrue();
            String value = yaml.group(2) == null ? yaml.group(3) : yaml.group(2);
            if (value != null) {
                JsonNode read = JSON.readTree(value);
                assertThat(read.isTextual() || read.isNumber()).as(line).isTrue();
                found = line.strip().startsWith(start) ? read.asText() : found;
            }
        }
        return found;
    }

    @Test
    void escapesUntrustedNamesInMarkdown() {
        List<String> labels = List.of("a|b*_<i>`[x](y)&#$!\\", "- 1. dog\u2028#");
        String card = card(new BundleContents(
                ResNetSpec.cifar(8, Shortcut.A, 2),
                labels,
                Preprocessing.of(32, Normalization.IMAGENET),
                """
                {"validation": {"top1": 0.5, "examples": 2, "confusion": [[0, 1, 1]],
                 "data": {"split": "validation", "name": "run|<b>", "manifestSha256": "ab`c"},
                 "classes": [{"label": "x|y\\n| z", "examples": 2}]},
                 "training": {"averagingEvery": ["1|", 2], "averagingQsrAlpha": 0.20}}""",
                Optional.of(new Provenance(
                                "train",
                                Instant.EPOCH,
                                Instant.EPOCH,
                                Map.of("shards", "file:/a\n# b_c_d"),
                                Map.of("x", "1\n\n# Forged", "--init-from", "file:/m\n# *"),
                                Map.of())
                        .toJson())));

        String first = "a\\|b\\*\\_\\<i\\>\\`\\[x\\](y)\\&\\#\\$\\!\\\\";
        String second = "\\- 1. dog\\\\u2028\\#";
        assertThat(card)
                .contains("- **Classes:** " + first + "; " + second + "\n")
                .contains("\n- " + first + " predicted as " + second + ": 1\n")
                .contains("\n| x\\|y\\\\n\\| z | 2 |")
                .contains(" of the data set run\\|\\<b\\>. ")
                .contains("\n`abc`.\n")
                .contains("The train split of the shards in file:/a\\\\n\\# b\\_c\\_d.\n")
                .contains("\n- shards: file:/a\\\\n\\# b\\_c\\_d\n")
                .contains("\n- **Fine-tuned from:** file:/m\\\\n\\# \\*\n")
                .contains("| Minibatches between two averagings | \\[\"1\\|\",2\\] |\n")
                .contains("\n| Quadratic Synchronization Rule for them, α | 0.2 |\n")
                .contains("\n    x = 1\\n\\n# Forged\n");
    }

    @Test
    void hasTheSectionsOfTheHubsTemplate() {
        String card = card(new BundleContents(
                ResNetSpec.imageNet(50, 30),
                IntStream.rangeClosed(1, 30).mapToObj(label -> "class " + label).toList(),
                Preprocessing.of(224, Normalization.IMAGENET),
                """
                {"validation": {"examples": 50000, "top1": 0.7613, "top5": 0.92862, "loss": 0.96},
                 "training": {"workers": 8, "epochs": 90, "lastEpochLoss": 0.87654321, "seconds": 5400.4, "seed": 1}}""",
                Optional.of(PROVENANCE.toJson())));

        assertThat(card.lines()
                        .filter(line -> line.startsWith("#") && !line.startsWith("# B") && !line.startsWith("# I")))
                .containsExactly(
                        "# ResNet-50 v1.5",
                        "## Model details",
                        "## Intended use",
                        "### Out-of-scope use",
                        "## How to use",
                        "## Training data",
                        "## Training procedure",
                        "## Evaluation",
                        "### Testing data and metrics",
                        "### Results",
                        "## Limitations",
                        "## Provenance");
        assertThat(card)
                .contains(
                        """

                        # ResNet-50 v1.5

                        An image classifier that distinguishes 30 classes in RGB pictures of 224 × 224 pixels. Its top-1 accuracy is 76.13 % on 50,000 validation pictures.
                        """,
                        "- **Parameters:** 23,569,502\n",
                        "- **Classes:** class 1; class 2; class 3;",
                        "; class 20; and 10 more in `labels.txt`\n",
                        "scale the short side to 256\npixels, crop the centre to 224 × 224, normalise.",
                        """
                        ## Training data

                        The train split of the shards in hdfs://namenode/shards.
                        Their `manifest.json` has the SHA-256
                        `c4eb`.
                        """,
                        """
                        | | |
                        |---|---|
                        | Workers | 8 |
                        | Epochs | 90 |
                        | Learning rate schedule | cosine |
                        | Weight decay | 0.0001 |
                        | Seed | 1 |
                        | Training loss in the last epoch | 0.8765 |
                        | Training time without validation | 5,400 s |
                        """,
                        """
                        | metric | value |
                        |---|---|
                        | pictures | 50,000 |
                        | top-1 accuracy | 76.13 % |
                        | top-5 accuracy | 92.86 % |
                        | cross-entropy, nats | 0.9600 |

                        ## Limitations
                        """,
                        "a probability of 90 % need not\n",
                        """
                        ## Provenance

                        Written by `resnet-spark train`, finished 2026-11-21T09:30:00Z.

                        Inputs:

                        - manifestSha256: c4eb
                        - shards: hdfs://namenode/shards

                        Software versions:

                        - deeplearning4j: 1.0.0-""")
                .endsWith(
                        """
                        The complete recipe, defaults included:

                            model.depth = 50
                            optimizer.schedule = cosine
                            optimizer.weight-decay = 1.0E-4
                            train.seed = 1
                        """);
    }

    @Test
    void saysWhatIsUnknownIfThereAreNoMetricsAndNoProvenance() {
        String card =
                card(new BundleContents(Bundles.SPEC, List.of("100 %", "%s"), Bundles.CONTENTS.preprocessing(), "{}"));

        assertThat(card)
                .contains(
                        "- **Classes:** 100 %; %s\n",
                        "Not measured. Run `resnet-spark evaluate` to measure the accuracy.\n",
                        "Unknown. This model directory does not record the data.\n",
                        "Unknown. This model directory does not record how the weights were trained.\n",
                        "Unknown. This model directory has no `provenance.json`.\n")
                .doesNotContain("The evaluation holds", "Fine-tuned");
    }

    @Test
    void namesTheFileThatWeightsWereImportedFrom() {
        Provenance imported = new Provenance(
                "import", Instant.EPOCH, Instant.EPOCH, Map.of("weights", "r18.npz"), Map.of(), Map.of());

        assertThat(card(Bundles.withProvenance(imported.toJson())))
                .contains("Unknown. The weights were imported from r18.npz, which does not record the data.\n");
    }

    @Test
    void showsHowToRunTheOnnxModelThatIsThere() {
        Preprocessing preprocessing = Bundles.CONTENTS.preprocessing();
        OnnxOptions raw = new OnnxOptions(
                preprocessing,
                OnnxOptions.InputForm.PICTURES,
                OnnxOptions.OutputForm.LOGITS,
                OnnxOptions.BatchNormForm.KEPT);

        assertThat(card(Bundles.CONTENTS))
                .contains(
                        "values.astype(numpy.float32)",
                        "(probabilities,) = session.run([\"probabilities\"], {\"input\": values})\n");
        assertThat(ModelCard.of(Bundles.CONTENTS, Optional.of(raw)))
                .contains(
                        "values = numpy.asarray(picture)[numpy.newaxis]\n",
                        "(logits,) = session.run([\"logits\"], {\"pictures\": values})\n")
                .doesNotContain("numpy.float32");
        assertThat(ModelCard.of(Bundles.CONTENTS, Optional.empty())).doesNotContain("onnx");
    }

    @Test
    void givesNoPillowCodeForAModelThatScalesWithOpenCv() {
        BundleContents old = new BundleContents(
                Bundles.SPEC,
                Bundles.CONTENTS.labels(),
                new Preprocessing(8, 8, Normalization.IMAGENET, ResizeMethod.OPENCV),
                "{}");

        assertThat(card(old))
                .contains("with OpenCV's filters, not with Pillow's.")
                .doesNotContain("import");
    }

    @Test
    void listsTheResultsOfEachOfAFewClassesAndTheConfusions() {
        String card = card(
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
                        Measured on the validation split of the data set pets. Its `manifest.json` has the SHA-256
                        `abc`.
                        """,
                        """
                        | top-1 accuracy | 70.00 % |
                        | expected calibration error, 15 bins | 3.12 % |

                        Per class:

                        | class | pictures | recall | precision |
                        |---|---|---|---|
                        | cat | 8 | 75.00 % | 85.70 % |
                        | a\\|b | 2 | 50.00 % | 33.30 % |

                        The most frequent confusions:

                        - cat predicted as a\\|b: 2
                        - a\\|b predicted as cat: 1

                        ## Limitations
                        """,
                        "On average they differ from the actual accuracy by 3.1 percentage\n");
    }

    @Test
    void listsTheTenClassesWithTheLowestRecallIfThereAreMany() {
        StringBuilder classes = new StringBuilder();
        for (int label = 0; label < 30; label++) {
            String recall = label == 29 ? "" : ", \"recall\": " + (29 - label) / 100.0;
            classes.append(label == 0 ? "" : ",").append("{\"label\": \"c" + label + "\"" + recall + "}");
        }

        String card = card(new BundleContents(
                ResNetSpec.imageNet(50, 30),
                IntStream.range(0, 30).mapToObj(label -> "c" + label).toList(),
                Preprocessing.of(224, Normalization.IMAGENET),
                "{\"validation\": {\"examples\": 10, \"top1\": 0.5, \"classes\": [" + classes + "]}}"));

        assertThat(card)
                .contains(
                        "The classes with the lowest recall (`metrics.json` has all of them):\n",
                        "|---|---|---|---|\n| c28 | 0 | 1.00 % | – |\n",
                        "| c19 | 0 | 10.00 % | – |\n\n## ")
                .doesNotContain("| c29 |", "| c18 |");
    }
}
