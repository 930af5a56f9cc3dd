package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.docs.MarkdownPage;
import io.github.resnetspark.job.metrics.RoundMetrics;
import io.github.resnetspark.job.metrics.TrainingListener;
import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.job.run.StopSignals;
import io.github.resnetspark.job.run.TrainingJob;
import io.github.resnetspark.job.run.TrainingJob.ExistingCheckpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitoring of Spark sees of a training. */
class WatchedTrainingIT {
    private static final Pattern SAMPLE =
            Pattern.compile("^metrics_(\\w+)_driver_resnet_(\\w+)_Value\\{type=\"gauges\"} (\\S+)$", Pattern.MULTILINE);
    private static final Pattern QUERIED = Pattern.compile("_driver_resnet_(\\w+?)_Value");
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| ((?:`\\w+`(?:, )?)+) \\|", Pattern.MULTILINE);

    /** Of each executor; an embedded Spark has them on the driver. */
    private static final Set<String> OF_EXECUTORS =
            Set.of("replicas", "replicasBusy", "replicasWaiting", "minibatchesReady", "physicalBytes", "nativeBytes");

    @TempDir
    static Path folder;

    private static Path shards;

    @BeforeAll
    static void prepare() throws IOException {
        new PictureSet(24, 4, 1).write(folder.resolve("pictures"));
        shards = folder.resolve("shards");
        Console console = Console.run(
                "prepare", "--set", "prepare.source=" + folder.resolve("pictures"), "--set", "data.shards=" + shards);
        assertThat(console.code()).as(console.err()).isZero();
    }

    @Test
    void prometheusSeesEveryDocumentedFigureMoveAndEveryJobIsDescribed() throws Exception {
        List<Map<String, Double>> seen = new ArrayList<>();
        SparkConf conf = new SparkConf()
                .setAppName("watched")
                .setMaster("local[2]")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.port", "0")
                .set("spark.metrics.namespace", "watched")
                .set(
                        "spark.metrics.conf.*.sink.prometheusServlet.class",
                        "org.apache.spark.metrics.sink.PrometheusServlet")
                .set("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            URI page = URI.create("http://127.0.0.1:"
                    + URI.create(spark.sc().uiWebUrl().get()).getPort());
            // Called before the other listeners, so it sees the round before.
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onRound(RoundMetrics metrics) {
                    seen.add(samples(page));
                }
            };
            new TrainingJob(spark, recipe(), StopSignals.none(), Optional.of(listener), Optional.empty())
                    .run(Optional.empty(), ExistingCheckpoints.CONTINUE);

            assertThat(samples(page)).as("after the training").isEmpty();
            assertThat(descriptions(page))
                    .contains(
                            "Check the cluster",
                            "Epoch 1, round 1 of 8: train and average",
                            "Epoch 2, round 8 of 8: train and average",
                            "Epoch 2: measure the training error",
                            "Epoch 1: validate",
                            "Epoch 2: validate the moving average",
                            "Evaluate the model")
                    .doesNotContain("")
                    // The first round has another job, which sends the weights.
                    .hasSize(16 + 1 + 3 * 2 + 2);
        }

        assertThat(seen).hasSize(16);
        assertThat(seen.get(3).keySet()).isEqualTo(documented());
        assertThat(seen.get(0)).containsEntry("epoch", 0.0).containsEntry("loss", Double.NaN);
        for (int round = 1; round < 16; round++) {
            assertThat(seen.get(round))
                    .containsEntry("epoch", round <= 8 ? 1.0 : 2)
                    .containsEntry("round", round <= 8 ? round : round - 8.0)
                    .containsEntry("position", round == 8 ? 240 : 32.0 * (round <= 8 ? round : round - 8))
                    .containsEntry("epochExamples", 240.0)
                    .containsEntry("workers", 2.0)
                    .containsEntry("replicas", 2.0)
                    .containsEntry("executorsLost", 0.0)
                    .containsEntry("roundsRedone", 0.0);
            assertThat(seen.get(round).get("loss")).isPositive();
            assertThat(seen.get(round).get("imagesPerSecond")).isPositive();
            assertThat(seen.get(round).get("physicalBytes")).isGreaterThan(1e7);
        }
        assertThat(seen.get(7).get("top1")).isNaN();
        assertThat(seen.get(8).get("top1")).isBetween(0.0, 1.0);
        assertThat(seen.get(8).get("emaValidationLoss")).isPositive();
        assertThat(seen.get(8).get("trainingTop1")).isBetween(0.0, 1.0);
    }

    @Test
    void everyQueryOfTheDashboardNamesAFigureThatExists() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(MarkdownPage.ROOT
                        .resolve("deploy/grafana/resnet-spark.json")
                        .toFile());
        List<String> queries = dashboard.findValuesAsText("expr");

        assertThat(queries).hasSizeGreaterThan(10).allMatch(query -> QUERIED.matcher(query)
                .find());
        Set<String> names = queries.stream()
                .flatMap(query -> QUERIED.matcher(query).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ofDriver = documented();
        ofDriver.removeAll(OF_EXECUTORS);
        assertThat(ofDriver).containsAll(names);
    }

    /** The sinks of executors, such as that for CSV files, have the figures of their replicas. */
    @Test
    void executorsReportWhatTheirReplicasDo() throws Exception {
        Path sink = Files.createDirectories(folder.resolve("csv"));
        String csv = "-Dspark.metrics.conf.executor.sink.csv.";
        List<String> arguments = new ArrayList<>(settings(folder.resolve("on-cluster")));
        TrainProcess process = TrainProcess.startOnCluster(
                folder.resolve("cluster.log"),
                folder.resolve("spark"),
                "local-cluster[2,1,1024]",
                List.of(
                        "-Dspark.metrics.namespace=watched",
                        csv + "class=org.apache.spark.metrics.sink.CsvSink",
                        csv + "directory=" + sink,
                        csv + "period=1",
                        csv + "unit=seconds"),
                Map.of(),
                arguments.stream()
                        .flatMap(setting -> Stream.of("--set", setting))
                        .toList());

        assertThat(process.exitCode()).as(process.said()).isZero();

        for (String executor : List.of("0", "1")) {
            for (String name : OF_EXECUTORS) {
                assertThat(sink.resolve("watched." + executor + ".resnet." + name + ".csv"))
                        .exists();
            }
            assertThat(values(sink.resolve("watched." + executor + ".resnet.replicas.csv")))
                    .contains(1.0);
            assertThat(values(sink.resolve("watched." + executor + ".resnet.physicalBytes.csv")))
                    .allMatch(bytes -> bytes > 1e7);
        }
    }

    private static List<Double> values(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> Double.valueOf(line.substring(line.indexOf(',') + 1)))
                .toList();
    }

    /** In each of 2 epochs, 7 rounds of 2 workers × 2 × 8 pictures and one of 16. */
    private static Recipe recipe() {
        return Recipe.load(Optional.empty(), settings(folder.resolve("model")));
    }

    private static List<String> settings(Path model) {
        return List.of(
                "data.shards=" + shards,
                "model.dir=" + model,
                "model.depth=8",
                "train.epochs=2",
                "train.batch-size-per-replica=8",
                "train.training-error-examples=64",
                "averaging.every=2",
                "averaging.ema=0.9",
                "cluster.workers=2");
    }

    private static Map<String, Double> samples(URI page) {
        Matcher found = SAMPLE.matcher(read(page.resolve("/metrics/prometheus/")));
        Map<String, Double> samples = new TreeMap<>();
        while (found.find()) {
            assertThat(found.group(1)).isEqualTo("watched");
            samples.put(found.group(2), Double.valueOf(found.group(3)));
        }
        return samples;
    }

    /** The descriptions of all jobs; empty text for a job without one. */
    private static List<String> descriptions(URI page) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String application = json.readTree(read(page.resolve("/api/v1/applications")))
                .get(0)
                .get("id")
                .asText();
        List<String> descriptions = new ArrayList<>();
        for (JsonNode job : json.readTree(read(page.resolve("/api/v1/applications/" + application + "/jobs")))) {
            descriptions.add(job.path("description").asText());
        }
        return descriptions;
    }

    /** The first column of the tables of figures. */
    private static Set<String> documented() throws IOException {
        String page = Files.readString(MarkdownPage.ROOT.resolve("docs/watch-a-run.md"));
        return DOCUMENTED
                .matcher(page.substring(page.indexOf("## Figures")))
                .results()
                .map(MatchResult::group)
                .flatMap(row -> Pattern.compile("`(\\w+)`").matcher(row).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(URI page) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
