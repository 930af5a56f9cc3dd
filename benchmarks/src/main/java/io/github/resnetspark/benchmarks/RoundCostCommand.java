package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the cost of an averaging round without the training, and its traffic. */
@Command(
        name = "round-cost",
        mixinStandardHelpOptions = true,
        description = {
            "Cost of an averaging round of ResNet-50's 25.6 million parameters with momentum. It has four parts:",
            "  cost      2 workers, compared with a plain copy of the bytes and with",
            "            dl4j-spark's ParameterAveragingTrainingMaster",
            "  replicas  1 worker × 2, 4 and 8 replicas, 2 workers × 1, 2 and 4:",
            "            seconds, and what executors send to each other",
            "  driver    2, 4 and 8 workers: traffic through the driver",
            "  tasks     2 to 64 workers that train nothing: time per task",
            "Executors are separate processes on this machine (Spark's local-cluster). dl4j-spark needs 18 GB, 8 workers"
                    + " of this project need 20 GB. The command ss counts what executors send."
        })
final class RoundCostCommand extends BenchmarkCommand {
    /** Rounds until the JVMs have compiled the code of a round. */
    private static final int WARM_UP_ROUNDS = 150;

    /** Fewer rounds if there are more workers than cores: their rounds take long, and the traffic of the driver is the same. */
    private static final int WARM_UP_ROUNDS_OF_MANY = 5;

    private static final int ROUNDS = 45;
    private static final int ROUNDS_OF_MANY = 5;
    private static final int MEGABYTES = 3000;

    private static final List<Integer> WORKERS_OF_TASKS = List.of(2, 8, 16, 32, 64);
    private static final int EXECUTORS_OF_TASKS = 2;

    @Option(names = "--quick", description = "Run fewer rounds, and not 8 workers.")
    private boolean quick;

    @Option(
            names = "--part",
            split = ",",
            description = "Measure only this part. Several are separated by commas. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--spark", description = "A Spark setting for our own rounds, name=value.")
    private List<String> spark = List.of();

    private enum Part {
        COST,
        REPLICAS,
        DRIVER,
        TASKS
    }

    /** The traffic of the driver, in bytes per round. */
    private record Driver(AveragingRounds of, double in, double out) {}

    @Override
    void measure() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            if (!parts.equals(EnumSet.of(Part.TASKS))) {
                Path shards = LargeState.shards(scratch);
                double stock = Double.NaN;
                if (parts.contains(Part.COST)) {
                    stock = new JavaProcess(1, "6g")
                            .onSpark(2, 6000, scratch.folder("stock"))
                            .with("spark.driver.maxResultSize", "0")
                            .number(StockRounds.class, List.of("2", quick ? "2" : "8", quick ? "3" : "5"));
                }
                List<AveragingRounds> ours = new ArrayList<>();
                if (parts.contains(Part.COST) || parts.contains(Part.REPLICAS)) {
                    ours.add(ours(2, 1, shards, scratch));
                }
                if (parts.contains(Part.REPLICAS)) {
                    for (int replicas : new int[] {2, 4, 8}) {
                        ours.add(ours(1, replicas, shards, scratch));
                    }
                    for (int replicas : new int[] {2, 4}) {
                        ours.add(ours(2, replicas, shards, scratch));
                    }
                }
                List<Driver> driver = new ArrayList<>();
                if (parts.contains(Part.DRIVER)) {
                    for (int workers : quick ? new int[] {2, 4} : new int[] {2, 4, 8}) {
                        driver.add(driver(workers, shards, scratch));
                    }
                }
                print(stock, ours, driver);
            }
            if (parts.contains(Part.TASKS)) {
                printTasks(tasks(scratch));
            }
        }
    }

    private AveragingRounds ours(int workers, int replicas, Path shards, Scratch scratch)
            throws IOException, InterruptedException {
        Path folder = scratch.folder("ours-" + workers + "-" + replicas);
        ExecutorTraffic traffic = ExecutorTraffic.ofLocalCluster();
        TrainedRounds rounds = TrainedRounds.run(
                java(workers, replicas, MEGABYTES, folder),
                LargeState.settings(shards, workers, replicas, 1),
                quick ? WARM_UP_ROUNDS_OF_MANY : WARM_UP_ROUNDS,
                quick ? ROUNDS_OF_MANY : ROUNDS,
                folder,
                traffic);
        return new AveragingRounds(workers, replicas, rounds, traffic.perRound());
    }

    private JavaProcess java(int workers, int replicas, int megabytes, Path folder) throws IOException {
        JavaProcess java = new JavaProcess(1, "3g")
                .onSpark(workers, replicas, megabytes, folder)
                .with("spark.task.cpus", Integer.toString(replicas));
        for (String setting : spark) {
            String[] nameAndValue = setting.split("=", 2);
            java.with(nameAndValue[0], nameAndValue[1]);
        }
        return java;
    }

    private Driver driver(int workers, Path shards, Scratch scratch) throws IOException, InterruptedException {
        Path folder = scratch.folder("driver-" + workers);
        Path traffic = folder.resolve("driver-traffic");
        TrainedRounds rounds = TrainedRounds.run(
                java(workers, 1, workers > 4 ? MEGABYTES / 2 : MEGABYTES, folder)
                        .with("spark.extraListeners", DriverTraffic.class.getName())
                        .with(DriverTraffic.FILE, traffic.toString()),
                LargeState.settings(shards, workers, 1, 1),
                WARM_UP_ROUNDS_OF_MANY,
                ROUNDS_OF_MANY,
                folder);
        List<String> lines = Files.readAllLines(traffic);
        // After the parameters and momentum were first sent to the workers.
        String[] first = lines.get(WARM_UP_ROUNDS_OF_MANY).split(" ", -1);
        String[] last = lines.get(lines.size() - 1).split(" ", -1);
        // A round is one job. Parameters and momentum come to the driver separately, which Spark's events do not show.
        double roundsSeen = lines.size() - 1.0 - WARM_UP_ROUNDS_OF_MANY;
        return new Driver(
                new AveragingRounds(workers, 1, rounds, Optional.empty()),
                rounds.median("driverBytes") + (Long.parseLong(last[0]) - Long.parseLong(first[0])) / roundsSeen,
                (Long.parseLong(last[1]) - Long.parseLong(first[1])) / roundsSeen);
    }

    private List<TaskCost.Row> tasks(Scratch scratch) throws IOException, InterruptedException {
        int most = WORKERS_OF_TASKS.get(WORKERS_OF_TASKS.size() - 1);
        List<String> arguments = new ArrayList<>(List.of(quick ? "3" : "10", quick ? "3" : "15", "4"));
        WORKERS_OF_TASKS.forEach(workers -> arguments.add(Integer.toString(workers)));
        return new JavaProcess(1, "2g")
                        .onSpark(EXECUTORS_OF_TASKS, most / EXECUTORS_OF_TASKS, 2000, scratch.folder("tasks"))
                        // Otherwise the first rounds run on the first executor alone.
                        .with("spark.scheduler.minRegisteredResourcesRatio", "1")
                        .run(EmptyRounds.class, arguments)
                        .stream()
                        .map(TaskCost.Row::parse)
                        .toList();
    }

    private void print(double stock, List<AveragingRounds> ours, List<Driver> driver)
            throws IOException, InterruptedException {
        long state =
                ours.isEmpty() ? driver.get(0).of.stateBytes() : ours.get(0).stateBytes();
        double floor = new JavaProcess(1, "2g").number(LoopbackCopy.class, List.of(Long.toString(2 * state)));
        report().put("stateBytes", state).put("floorSeconds", floor);
        table(
                "ResNet-50: %.1f MB of parameters and momentum. Seconds of a round without its training%n%n",
                state / 1e6);
        table("%-44s %8.3f s%n", "copy of the same bytes out and in, loopback", floor);
        if (!Double.isNaN(stock)) {
            double cost = ours.get(0).seconds();
            report().put("stockSeconds", stock).put("oursSeconds", cost).put("ratio", stock / cost);
            table("%-44s %8.3f s%n", "dl4j-spark, 2 workers", stock);
            table("%-44s %8.3f s%9.1f×%n", "ours, 2 workers", cost, stock / cost);
        }
        printRounds(ours, state);
        printDriver(driver, state);
    }

    private void printRounds(List<AveragingRounds> ours, long state) {
        ArrayNode rows = report().putArray("rounds");
        for (AveragingRounds one : ours) {
            ObjectNode row = rows.addObject()
                    .put("workers", one.workers())
                    .put("replicas", one.replicas())
                    .put("seconds", one.seconds());
            table("%n%s: %.3f s%n", one.title(), one.seconds());
            one.traffic().ifPresent(traffic -> {
                double expected = ExecutorTraffic.expected(state, one.workers());
                row.put("executorBytes", traffic.among())
                        .put("expectedExecutorBytes", expected)
                        .put("executorToDriverBytes", traffic.toDriver());
                table(
                        "  each executor sends and receives %.1f MB, of which %.1f MB are states, and sends %.1f MB to"
                                + " the driver%n",
                        traffic.among() / 1e6, expected / 1e6, traffic.toDriver() / 1e6);
            });
            printPhases(one.rounds(), row);
        }
    }

    private void printDriver(List<Driver> driver, long state) {
        ArrayNode rows = report().putArray("driver");
        for (Driver one : driver) {
            ObjectNode row = rows.addObject()
                    .put("workers", one.of.workers())
                    .put("seconds", one.of.seconds())
                    .put("driverInBytes", one.in)
                    .put("driverOutBytes", one.out)
                    .put("driverStates", (one.in + one.out) / state);
            table(
                    "%n%d workers: %.3f s. Traffic of the driver: %.1f MB in, %.1f MB out, %.2f × parameters and momentum%n",
                    one.of.workers(), one.of.seconds(), one.in / 1e6, one.out / 1e6, (one.in + one.out) / state);
            printPhases(one.of.rounds(), row);
        }
    }

    private void printPhases(TrainedRounds rounds, ObjectNode row) {
        table(" ");
        phases(row, phase -> rounds.median(phase + "Seconds"));
        table("%n");
    }

    private void printTasks(List<TaskCost.Row> rows) {
        TaskCost cost = TaskCost.of(rows);
        ObjectNode tasks = report().putObject("tasks");
        put(tasks.putObject("seconds"), cost.seconds());
        put(tasks.putObject("driverProcessorSeconds"), cost.processorSeconds());
        ArrayNode measured = tasks.putArray("rounds");
        table(
                "%nRounds that train nothing, on %d executors%n%8s %12s %12s %18s %12s%n",
                EXECUTORS_OF_TASKS, "workers", "seconds", "fitted", "driver's CPU time", "fitted");
        for (TaskCost.Row row : rows) {
            measured.addObject()
                    .put("workers", row.workers())
                    .put("seconds", row.seconds())
                    .put("driverProcessorSeconds", row.processorSeconds());
            table(
                    "%8d %12.3f %12.3f %18.3f %12.3f%n",
                    row.workers(),
                    row.seconds(),
                    cost.seconds().at(row.workers()),
                    row.processorSeconds(),
                    cost.processorSeconds().at(row.workers()));
        }
        table("fitted, seconds:           %s%n", text(cost.seconds()));
        table("fitted, driver's CPU time: %s%n", text(cost.processorSeconds()));
    }

    private static void put(ObjectNode fitted, Parabola curve) {
        fitted.put("constant", curve.constant())
                .put("perTask", curve.linear() / TaskCost.TASKS_PER_WORKER)
                .put("perPairOfWorkers", curve.quadratic());
    }

    private static String text(Parabola curve) {
        return String.format(
                Locale.ROOT,
                "%.3f s, and %.2f ms per task, of which a worker has %d, and %.3f ms per pair of workers",
                curve.constant(),
                1000 * curve.linear() / TaskCost.TASKS_PER_WORKER,
                TaskCost.TASKS_PER_WORKER,
                1000 * curve.quadratic());
    }
}
