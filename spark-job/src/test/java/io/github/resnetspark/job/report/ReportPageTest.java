package io.github.resnetspark.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resnetspark.job.chart.PageChart;
import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.evaluate.NotablePictures;
import io.github.resnetspark.job.evaluate.NotablePictures.Notable;
import io.github.resnetspark.job.metrics.RunEvent;
import io.github.resnetspark.job.metrics.RunEvent.What;
import io.github.resnetspark.job.metrics.TrainingListener.TrainingError;
import io.github.resnetspark.job.metrics.ValidationMetrics;
import io.github.resnetspark.job.metrics.ValidationMetrics.Parameters;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of drawn metrics. */
class ReportPageTest {
    private static final String HOSTILE = "<script>alert('x')</script> **bold** \"quoted\" & <b>";

    @TempDir
    private Path folder;

    @Test
    void aPageHasEveryPartAndAsksForNothing() throws IOException {
        String page = page(run("model", 8, "cat", "dog"));

        assertThat(page)
                .contains("Loss", "Error", "Learning rate", "Averaging interval", "Speed")
                .contains("Where the time went", "What another averaging interval would cost")
                .contains("Classes", "Confusion", "Reliability", "The most confident mistakes", "Recipe", "Network")
                .contains("Content-Security-Policy", "default-src ")
                .doesNotContain("<script", "src=\"h", "href=", "url(h", "@import");
    }

    @Test
    void namesAreTextAndNeverMarkup() throws IOException {
        String page = page(run(HOSTILE, 8, HOSTILE, "dog"));

        assertThat(page).doesNotContain("<script", "<b>").contains("&lt;script&gt;");
    }

    @Test
    void aHundredThousandRoundsMakeASmallPageWithTheirExtremes() throws IOException {
        RunReport run = run("long", 100_000, "cat", "dog");

        String page = page(run);

        assertThat(page.length()).isLessThan(5_000_000);
        RoundPoint highest = run.history().rounds().get(70_007);
        assertThat(highest.loss()).isEqualTo(9);
        assertThat(Thinning.of(run.history().rounds(), RoundPoint::loss))
                .hasSizeLessThan(410)
                .contains(highest)
                .startsWith(run.history().rounds().get(0))
                .endsWith(run.history().rounds().get(99_999));
    }

    @Test
    void severalRunsAreComparedWithTheSettingsInWhichTheyDiffer() throws IOException {
        RunReport one = run("one", 8, "cat", "dog");
        RunReport other = run("other", 8, "cat", "dog");
        Map<String, String> settings = Map.of("train.epochs", "4", "model.depth", "56");
        RunDescription changed = described(settings, "cat", "dog");

        String page = new String(
                ReportPage.of(List.of(
                                one, new RunReport("other", Optional.of(changed), other.history(), Optional.empty())))
                        .document(),
                StandardCharsets.UTF_8);

        assertThat(page).contains("Comparison of 2 runs", "one: validation", "other: validation", "Different settings");
        assertThat(page.substring(page.indexOf("Different settings")))
                .contains("model.depth", "56")
                .doesNotContain("train.epochs");
    }

    @Test
    void theCostOfAnotherIntervalFollowsFromTheTimesOfARun() {
        List<RoundPoint> rounds = new ArrayList<>();
        for (int round = 0; round < 22; round++) {
            // Rounds of 10 minibatches of 0.1 s and an average of 0.5 s; 20 rounds are an epoch.
            rounds.add(new RoundPoint((round + 1) / 20.0, 1280, 1280, 1, 0.1, 0, 1.5, 0.5, new TimeShares(List.of())));
        }

        IntervalCosts costs = IntervalCosts.of(rounds, 128).orElseThrow();

        assertThat(costs.used()).isEqualTo(10);
        assertThat(costs.minibatchSeconds()).isCloseTo(0.1, within(1e-9));
        assertThat(costs.averageSeconds()).isCloseTo(0.5, within(1e-9));
        assertThat(costs.minibatches()).isEqualTo(200);
        assertThat(costs.epochSeconds(10)).isCloseTo(20 + 20 * 0.5, within(1e-9));
        assertThat(costs.epochSeconds(1)).isCloseTo(20 + 200 * 0.5, within(1e-9));
        assertThat(costs.averagingShare(50)).isCloseTo(2 / 22.0, within(1e-9));
    }

    @Test
    void interruptionsAndExecutorsAreOnATimeAxis() throws IOException {
        RunReport run = run("model", 8, "cat", "dog");
        assertThat(page(run)).doesNotContain("Interruptions");
        List.of(
                        event(What.STARTED, "2026-01-02T03:00:00Z", 2, null, null, null),
                        event(What.EXECUTOR_LOST, "2026-01-02T04:00:00Z", 1, "1", HOSTILE, null),
                        event(What.EXECUTOR_JOINED, "2026-01-02T04:01:00Z", 2, "2", null, null),
                        event(What.RESUMED, "2026-01-02T06:00:00Z", 2, null, null, "2026-01-02T05:00:00Z"))
                .forEach(run.history()::onEvent);

        PageChart chart = EventSection.chart(run.history().events()).orElseThrow();

        assertThat(chart.curves().get(0).x()).containsExactly(0, 0, 1, 1, 61 / 60.0, 61 / 60.0, 2, 2, 3, 3);
        assertThat(chart.curves().get(0).y()).containsExactly(0, 2, 2, 1, 1, 2, 2, 0, 0, 2);
        assertThat(page(run))
                .contains(
                        "1 executor lost, resumed 1 time.",
                        "executor joined",
                        "it had ended after 2026-01-02T05:00:00Z")
                .doesNotContain("<script");
    }

    @Test
    void theStatusOfARunFollowsFromItsFiles() throws IOException {
        RunReport run = run("model", 8, "cat", "dog");
        RunReport half = new RunReport(run.name(), run.description(), new RunHistory(), run.evaluation());
        run.history().rounds().subList(0, 4).forEach(half.history()::add);
        Optional<StorageLock.Holder> alive = Optional.of(new StorageLock.Holder("process 7 on node1", true));
        Optional<StorageLock.Holder> killed = Optional.of(new StorageLock.Holder("process 7 on node1", false));

        RunStatus running = RunStatus.of(half, alive, Optional.of(new Position(1, 128, 3)));

        assertThat(running.epochsDone()).isEqualTo(2);
        assertThat(running.secondsLeft()).isEqualTo(6);
        assertThat(running.imagesPerSecond()).isEqualTo(2560 / 1.5);
        assertThat(running.text())
                .contains("running: process 7 on node1", "2.00 of 4 epochs (50.0 %), 4 rounds", "about 6 s")
                .contains("after 1 epoch and 128 pictures");
        assertThat(running.report()).containsEntry("state", "running").doesNotContainKey("best");
        assertThat(RunStatus.of(half, killed, Optional.of(Position.START)).text())
                .contains("interrupted: process 7 on node1, was killed. Run the same command again");
        assertThat(RunStatus.of(run, Optional.empty(), Optional.empty()).text())
                .contains("state        interrupted" + System.lineSeparator(), "top-1 70.00 % after epoch");
    }

    private static RunEvent event(
            What what, String time, int executors, String executor, String reason, String interrupted) {
        return new RunEvent(what, time, 1, 2, executors, executor, reason, interrupted);
    }

    @Test
    void readsMetricsWhoseLastLineIsTorn() throws IOException {
        Files.writeString(
                folder.resolve("metrics.jsonl"),
                """
                {"type":"round","epoch":1,"round":1,"position":512,"epochExamples":1024,"examples":512,"workers":1,"loss":2.5,\
                "replicas":{"examples":[[256,256]],"computeSeconds":[[1,1]],"waitSeconds":[[0,0]]},"unknown":1}
                {"type":"validation","epoch":1,"weights":"ema","examples":10,"errors":5,"top1":0.5,"top5":1,"loss":1,"best":true}
                {"type":"else"}
                {"type":"round","epo""");

        RunHistory history = RunHistory.read(
                Storage.of(new Configuration()),
                new org.apache.hadoop.fs.Path(folder.resolve("metrics.jsonl").toUri()));

        assertThat(history.rounds()).hasSize(1);
        assertThat(history.rounds().get(0).epoch()).isEqualTo(0.5);
        assertThat(history.rounds().get(0).largestShare()).isEqualTo(256);
        assertThat(history.validations()).extracting("weights").containsExactly(Parameters.EMA);
    }

    private static String page(RunReport run) {
        return new String(ReportPage.of(List.of(run)).document(), StandardCharsets.UTF_8);
    }

    private static RunDescription described(Map<String, String> settings, String... classes) {
        return new RunDescription(
                "ResNet-20",
                "2026-01-02T03:04:05Z",
                null,
                4,
                2,
                1,
                128,
                5120,
                List.of(classes),
                settings,
                Map.of("train.epochs", "10", "model.depth", "20"),
                List.of(new RunDescription.Stage("stage1", 6, "16 × 32 × 32", 1000, 2000)));
    }

    private static RunReport run(String name, int rounds, String... classes) {
        RunHistory history = new RunHistory();
        Random random = new Random(3);
        for (int round = 0; round < rounds; round++) {
            double loss = round == 70_007 ? 9 : 2 + random.nextDouble() - round / (double) rounds;
            history.add(new RoundPoint(
                    (round + 1) / (double) rounds * 4,
                    2560,
                    1280,
                    loss,
                    0.1,
                    500,
                    1.5,
                    0.5,
                    new TimeShares(List.of(1.0, 0.1, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05))));
        }
        IntStream.rangeClosed(1, 4).forEach(epoch -> {
            history.onTrainingError(new TrainingError(epoch, 100, 20, 0.8, 0.5, 1));
            history.onValidation(new ValidationMetrics(epoch, Parameters.AVERAGED, 100, 30, 0.7, 1, 0.9, true, 1));
        });
        Evaluated evaluated = new Evaluated(
                4,
                "averaged",
                100,
                0.7,
                List.of(new long[] {0, 0, 40}, new long[] {0, 1, 10}, new long[] {1, 1, 30}, new long[] {1, 0, 20}),
                List.of(new Evaluated.Bin(0.5, 50, 20), new Evaluated.Bin(0.9, 50, 40)),
                new NotablePictures(
                        List.of(new Notable(0, 1, 0.99f, "data:image/png;base64,AAAA")),
                        List.of(new Notable(1, 1, 0.4f, "data:image/png;base64,AAAA"))));
        return new RunReport(
                name,
                Optional.of(described(Map.of("train.epochs", "4", "model.depth", "20"), classes)),
                history,
                Optional.of(evaluated));
    }
}
