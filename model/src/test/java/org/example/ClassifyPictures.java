package org.example;

import io.github.resnetspark.predict.Candidate;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.predict.Predictor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says of each picture what it shows, or why it cannot be read. */
public final class ClassifyPictures {
    private ClassifyPictures() {}

    /** The first argument is a model directory, the others are pictures. */
    public static void main(String[] args) throws IOException {
        List<Path> files = Arrays.stream(args).skip(1).map(Path::of).toList();
        classify(Path.of(args[0]), files, System.out);
    }

    public static void classify(Path model, List<Path> files, PrintStream out) throws IOException {
        try (Predictor predictor = Predictor.open(model)) {
            List<PictureResult> results = predictor.predictFiles(files);
            for (int i = 0; i < files.size(); i++) {
                Optional<Candidate> best = results.get(i).prediction().map(prediction -> prediction.best());
                if (best.isPresent()) {
                    out.printf(
                            Locale.ROOT,
                            "%s: %s (%.1f %%)%n",
                            files.get(i),
                            best.get().label(),
                            100 * best.get().probability());
                } else {
                    out.println(files.get(i) + ": " + results.get(i).problem().orElseThrow());
                }
            }
        }
    }
}
