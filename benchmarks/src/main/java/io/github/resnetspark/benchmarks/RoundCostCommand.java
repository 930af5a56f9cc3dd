package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resnetspark.job.cli.ResNetSpark;
import io.github.resnetspark.network.Block;
import io.github.resnetspark.network.Family;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import io.github.resnetspark.network.Variant;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the cost of an averaging round without the training, and its traffic through the driver. */
@Command(
        name = "round-cost",
        mixinStandardHelpOptions = true,
        description = {
            "Cost of an averaging round of ResNet-50's 25.6 million parameters with momentum, compared with dl4j-spark's"
                    + " ParameterAveragingTrainingMaster and with a plain copy of the bytes. Also the traffic through the"
                    + " driver with 2, 4 and 8 workers.",
            "For both, executors are separate processes on this machine (Spark's local-cluster). dl4j-spark needs 18 GB,"
                    + " 8 workers of this project need 20 GB."
        })
final class RoundCostCommand extends BenchmarkCommand {
    /** Small pictures, because the training itself is not measured. */
    static final ResNetSpec NETWORK =
            new ResNetSpec(Family.IMAGENET, 50, Block.BOTTLENECK, Variant.V1, Shortcut.B, true, false, 1000, 32);

    static final int BATCH = 2;

    /** Rounds until the JVMs have compiled the code of a round. */
    private static final int WARM_UP_ROUNDS = 150;

    /** Fewer rounds if there are more workers than cores: their rounds take long, and the traffic of the driver is the same. */
    private static final int WARM_UP_ROUNDS_OF_MANY = 5;

    @Option(names = "--quick", description = "Run fewer rounds.")
    private boolean quick;

    @Option(
            names = "--part",
            description =
                    "Measure only cost (2 workers, compared with the others) or only driver (2, 4 and 8 workers).")
    private Part part;

    @Option(names = "--spark", description = "A Spark setting for our own rounds, name=value.")
    private List<String> spark = List.of();

    private enum Part {
        COST,
        DRIVER
    }

    /** Our result with a number of workers. The traffic of the driver is in bytes per round. */
    private record Ours(int workers, TrainedRounds rounds, double driverIn, double driverOut) {}

    @Override
    void measure() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            Path shards = shards(scratch);
            List<Ours> ours = new ArrayList<>();
            double stock = Double.NaN;
            if (part != Part.DRIVER) {
                stock = new JavaProcess(1, "6g")
                        .onSpark(2, 6000, scratch.folder("stock"))
                        .with("spark.driver.maxResultSize", "0")
                        .number(StockRounds.class, List.of("2", quick ? "2" : "8", quick ? "3" : "5"));
                ours.add(ours(2, shards, scratch));
            }
            if (part != Part.COST) {
                for (int workers : part == Part.DRIVER ? new int[] {2, 4, 8} : new int[] {4, 8}) {
                    ours.add(ours(workers, shards, scratch));
                }
            }
            long state = stateBytes(ours.get(0));
            double floor = new JavaProcess(1, "2g").number(LoopbackCopy.class, List.of(Long.toString(2 * state)));
            print(stock, floor, state, ours);
        }
    }

    /** Shards of 1000 pictures, one of each class. */
    private static Path shards(Scratch scratch) throws IOException, InterruptedException {
        Path pictures = scratch.folder("pictures/train");
        for (int label = 0; label < NETWORK.classes(); label++) {
            Path folder = Files.createDirectories(pictures.resolve(String.format(Locale.ROOT, "%04d", label)));
            BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(label % 32, label / 32, 0xffffff);
            ImageIO.write(picture, "png", folder.resolve("0.png").toFile());
        }
        Path shards = scratch.path().resolve("shards");
        new JavaProcess(1, "1g")
                .run(
                        ResNetSpark.class,
                        List.of(
                                "prepare",
                                "--set",
                                "prepare.source=" + pictures.getParent(),
                                "--set",
                                "data.shards=" + shards));
        return shards;
    }

    private Ours ours(int workers, Path shards, Scratch scratch) throws IOException, InterruptedException {
        Path folder = scratch.folder("ours-" + workers);
        boolean few = workers > 2 || quick;
        int warmUp = few ? WARM_UP_ROUNDS_OF_MANY : WARM_UP_ROUNDS;
        Path traffic = folder.resolve("driver-traffic");
        JavaProcess java = new JavaProcess(1, "3g")
                .onSpark(workers, workers > 4 ? 1500 : 3000, folder)
                .with("spark.extraListeners", DriverTraffic.class.getName())
                .with(DriverTraffic.FILE, traffic.toString());
        for (String setting : spark) {
            String[] parts = setting.split("=", 2);
            java.with(parts[0], parts[1]);
        }
        TrainedRounds rounds = TrainedRounds.run(
                java,
                List.of(
                        "data.shards=" + shards,
                        "model.family=imagenet",
                        "model.depth=50",
                        "model.block=bottleneck",
                        "model.shortcut=B",
                        "model.classes=1000",
                        "model.input=32",
                        "train.batch-size-per-replica=" + BATCH,
                        "averaging.every=1",
                        "optimizer.learning-rate=0.001",
                        "cluster.workers=" + workers),
                warmUp,
                few ? 5 : 45,
                folder);
        List<String> lines = Files.readAllLines(traffic);
        // After the parameters and momentum were first sent to the workers.
        String[] first = lines.get(warmUp).split(" ", -1);
        String[] last = lines.get(lines.size() - 1).split(" ", -1);
        // A round is one job. Parameters and momentum come to the driver separately, which Spark's events do not show.
        double roundsSeen = lines.size() - 1.0 - warmUp;
        return new Ours(
                workers,
                rounds,
                rounds.median("driverBytes") + (Long.parseLong(last[0]) - Long.parseLong(first[0])) / roundsSeen,
                (Long.parseLong(last[1]) - Long.parseLong(first[1])) / roundsSeen);
    }

    private static long stateBytes(Ours ours) {
        // The bytes that the driver fetches in a round.
        return Math.round(ours.rounds.median("driverBytes"));
    }

    private void print(double stock, double floor, long state, List<Ours> ours) {
        report().put("stateBytes", state).put("floorSeconds", floor);
        table(
                "ResNet-50: %.1f MB of parameters and momentum. Seconds of a round without its training%n%n",
                state / 1e6);
        table("%-44s %8.3f s%n", "copy of the same bytes out and in, loopback", floor);
        if (!Double.isNaN(stock)) {
            double cost = ours.get(0).rounds.median("averageSeconds");
            report().put("stockSeconds", stock).put("oursSeconds", cost).put("ratio", stock / cost);
            table("%-44s %8.3f s%n", "dl4j-spark, 2 workers", stock);
            table("%-44s %8.3f s%9.1f×%n", "ours, 2 workers", cost, stock / cost);
        }
        ArrayNode rows = report().putArray("workers");
        for (Ours one : ours) {
            ObjectNode row = rows.addObject()
                    .put("workers", one.workers)
                    .put("seconds", one.rounds.median("averageSeconds"))
                    .put("driverInBytes", one.driverIn)
                    .put("driverOutBytes", one.driverOut)
                    .put("driverStates", (one.driverIn + one.driverOut) / state);
            table(
                    "%n%d workers: %.3f s. Traffic of the driver: %.1f MB in, %.1f MB out, %.2f × parameters and momentum%n ",
                    one.workers,
                    one.rounds.median("averageSeconds"),
                    one.driverIn / 1e6,
                    one.driverOut / 1e6,
                    (one.driverIn + one.driverOut) / state);
            for (String phase : TrainedRounds.PHASES) {
                double seconds = one.rounds.median(phase + "Seconds");
                row.put(phase + "Seconds", seconds);
                table(" %s %.3f", phase, seconds);
            }
            table("%n");
        }
    }
}
