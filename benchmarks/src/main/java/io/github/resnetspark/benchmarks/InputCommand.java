package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.image.augment.TrainingTransform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how fast one thread converts stored pictures to network input, compared with OpenCV alone. */
@Command(
        name = "input",
        mixinStandardHelpOptions = true,
        description =
                "Decode, random resized crop, flip and normalise on one thread, compared with OpenCV's decode and resize.")
final class InputCommand extends BenchmarkCommand {
    private static final int SIZE = 224;
    private static final String FLOOR = "OpenCV: decode, resize to 224 bilinear";

    @Option(names = "--quick", description = "Run few short turns.")
    private boolean quick;

    @Override
    void measure() throws Exception {
        SamplePictures pictures = SamplePictures.find();
        List<byte[]> full = pictures.stored("none");
        List<byte[]> small = pictures.stored("short-side 256");
        Preprocessing preprocessing = Preprocessing.of(SIZE, Normalization.IMAGENET);
        opencv_core.setNumThreads(0);
        Map<String, Turns.Pass> passes = new LinkedHashMap<>();
        try (TrainingTransform transform =
                new TrainingTransform(PictureVariation.of(Augmentation.RANDOM_RESIZED_CROP), preprocessing)) {
            passes.put(
                    FLOOR,
                    () -> full.forEach(
                            bytes -> PlainDecoder.decodeAndResize(bytes, SIZE, opencv_imgproc.INTER_LINEAR)));
            passes.put(
                    "OpenCV: decode, resize to 224 by area",
                    () -> full.forEach(bytes -> PlainDecoder.decodeAndResize(bytes, SIZE, opencv_imgproc.INTER_AREA)));
            passes.put("OpenCV: decode", () -> full.forEach(PlainDecoder::decode));
            passes.put("OpenCV: decode, short-side 256", () -> small.forEach(PlainDecoder::decode));
            passes.put("ours, full size", pass(transform, full, preprocessing));
            passes.put("ours, short-side 256", pass(transform, small, preprocessing));
            print(pictures, new Turns(quick ? 5 : 15, quick ? 0.2 : 0.5).measure(passes, full.size()));
        }
    }

    /** Every pass draws different crops. */
    private static Turns.Pass pass(TrainingTransform transform, List<byte[]> pictures, Preprocessing preprocessing) {
        float[] batch = new float[pictures.size() * preprocessing.inputLength()];
        long[] seed = new long[1];
        return () -> {
            for (int i = 0; i < pictures.size(); i++) {
                transform.apply(pictures.get(i), seed[0]++, batch, i * preprocessing.inputLength());
            }
        };
    }

    private void print(SamplePictures pictures, Map<String, Turns.Result> results) {
        double floor = results.get(FLOOR).speed().median();
        report().put("pictures", pictures.origin()).put("input", SIZE).put("threads", 1);
        ArrayNode rows = report().putArray("rows");
        table(
                "Pictures to normalised %d x %d, one thread, %s%n%-40s %10s %10s %8s %14s%n",
                SIZE, SIZE, pictures.origin(), "", "images/s", "best", "ratio", "bytes a picture");
        results.forEach((name, result) -> {
            double ratio = result.speed().median() / floor;
            rows.addObject()
                    .put("name", name)
                    .put("median", result.speed().median())
                    .put("best", result.speed().best())
                    .put("ratio", ratio)
                    .put("allocatedPerPicture", result.allocated());
            table(
                    "%-40s %10.1f %10.1f %7.2f× %14d%n",
                    name, result.speed().median(), result.speed().best(), ratio, result.allocated());
        });
    }
}
