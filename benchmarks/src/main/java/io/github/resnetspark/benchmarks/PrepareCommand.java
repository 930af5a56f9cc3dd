package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.intake.PictureSettings;
import io.github.resnetspark.intake.PictureSettings.PictureCheck;
import io.github.resnetspark.intake.ResizePolicy;
import io.github.resnetspark.prepare.PrepareJob;
import io.github.resnetspark.source.PrepareSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.opencv.global.opencv_core;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast one core prepares ILSVRC2012's archive, each way compared with the minimum of work. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        description =
                "The whole job on one core, from a tar of tars to shards, compared with only reading, hashing and decoding.")
final class PrepareCommand extends BenchmarkCommand {
    private static final int SHORT_SIDE = 256;

    @Option(names = "--quick", description = "Use fewer pictures and turns.")
    private boolean quick;

    @Option(
            names = "--pictures",
            description =
                    "Number of pictures in the archive. Default: ${DEFAULT-VALUE}, with --quick a quarter of that.")
    private int pictures = 4400;

    @Option(
            names = "--pass-through",
            description = "Measure only what stores pictures unchanged, which is fast enough for many pictures.")
    private boolean passThrough;

    /** One line of the table: a way to do it, and the name of the line that it is compared with. */
    private record Way(String name, String floor, Work work) {}

    /** Processes every picture of the archive once. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Override
    void measure() throws Exception {
        opencv_core.setNumThreads(0);
        SamplePictures samples = SamplePictures.find();
        List<byte[]> stored = samples.stored("none");
        int count = quick ? pictures / 4 : pictures;
        SparkConf conf = new SparkConf()
                .setMaster("local[1]")
                .setAppName("benchmarks/run prepare")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1");
        try (Scratch scratch = Scratch.create();
                JavaSparkContext spark = new JavaSparkContext(conf)) {
            Path archive = SourceArchive.write(scratch.path(), stored, count);
            List<Way> ways = new ArrayList<>(waysThrough(spark, archive));
            if (!passThrough) {
                ways.addAll(waysWithPixels(spark, archive, stored, count));
            }
            print(samples, count, measure(ways, count));
        }
    }

    private static List<Way> waysThrough(JavaSparkContext spark, Path archive) {
        String floor = "read and hash the archive";
        String copy = "read, hash and write the archive";
        return List.of(
                new Way(floor, floor, () -> hash(archive)),
                new Way(copy, floor, () -> copy(archive)),
                new Way(
                        "prepare, check = header",
                        floor,
                        () -> prepare(spark, archive, PictureCheck.HEADER, ResizePolicy.NONE)));
    }

    private static List<Way> waysWithPixels(JavaSparkContext spark, Path archive, List<byte[]> pictures, int count) {
        int quality = PictureSettings.DEFAULT_JPEG_QUALITY;
        ResizePolicy smaller = ResizePolicy.of("short-side " + SHORT_SIDE);
        return List.of(
                new Way("OpenCV: decode", "OpenCV: decode", () -> repeat(pictures, count, PlainDecoder::decode)),
                new Way(
                        "prepare, check = decode",
                        "OpenCV: decode",
                        () -> prepare(spark, archive, PictureCheck.DECODE, ResizePolicy.NONE)),
                new Way(
                        "OpenCV: decode, resize, encode",
                        "OpenCV: decode, resize, encode",
                        () -> repeat(
                                pictures, count, bytes -> PlainDecoder.decodeResizeEncode(bytes, SHORT_SIDE, quality))),
                new Way(
                        "prepare, short-side 256, check = header",
                        "OpenCV: decode, resize, encode",
                        () -> prepare(spark, archive, PictureCheck.HEADER, smaller)));
    }

    private Map<Way, Figures> measure(List<Way> ways, int count) throws Exception {
        Map<Way, List<Double>> speeds = new LinkedHashMap<>();
        int turns = quick ? 3 : 5;
        for (int turn = -1; turn < turns; turn++) {
            for (Way way : ways) {
                long begin = System.nanoTime();
                way.work.run();
                double speed = count / ((System.nanoTime() - begin) / 1e9);
                if (turn >= 0) {
                    speeds.computeIfAbsent(way, key -> new ArrayList<>()).add(speed);
                }
            }
        }
        Map<Way, Figures> figures = new LinkedHashMap<>();
        speeds.forEach((way, values) -> figures.put(way, new Figures(values)));
        return figures;
    }

    private static void hash(Path archive) throws Exception {
        hash(archive, OutputStream.nullOutputStream());
    }

    private static void copy(Path archive) throws Exception {
        try (OutputStream out = Files.newOutputStream(archive.resolveSibling("copy"))) {
            hash(archive, out);
        }
    }

    private static void hash(Path archive, OutputStream out) throws Exception {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(archive)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        if (digest.digest().length == 0) {
            throw new IllegalStateException("There is no digest.");
        }
    }

    private static void prepare(JavaSparkContext spark, Path archive, PictureCheck check, ResizePolicy resize)
            throws IOException {
        Path shards = archive.resolveSibling("shards");
        Scratch.delete(shards);
        PictureSettings pictures =
                new PictureSettings(check, resize, ResizePolicy.NONE, PictureSettings.DEFAULT_JPEG_QUALITY);
        new PrepareJob(spark)
                .run(
                        PrepareSettings.of(archive.toUri().toString()).withPictures(pictures),
                        shards.toUri().toString());
    }

    private static void repeat(List<byte[]> pictures, int count, Consumer<byte[]> work) {
        for (int i = 0; i < count; i++) {
            work.accept(pictures.get(i % pictures.size()));
        }
    }

    private void print(SamplePictures samples, int count, Map<Way, Figures> results) {
        Map<String, Double> medians = new LinkedHashMap<>();
        results.forEach((way, figures) -> medians.put(way.name, figures.median()));
        report().put("pictures", count).put("of", samples.origin()).put("threads", 1);
        ArrayNode rows = report().putArray("rows");
        table(
                "%d pictures, copies of %s, one core%n%-42s %10s %10s %16s%n",
                count, samples.origin(), "", "images/s", "best", "time to floor's");
        results.forEach((way, figures) -> {
            double ratio = medians.get(way.floor) / figures.median();
            rows.addObject()
                    .put("name", way.name)
                    .put("floor", way.floor)
                    .put("median", figures.median())
                    .put("best", figures.best())
                    .put("timeToFloor", ratio);
            table("%-42s %10.1f %10.1f %15.2f×%n", way.name, figures.median(), figures.best(), ratio);
        });
    }
}
