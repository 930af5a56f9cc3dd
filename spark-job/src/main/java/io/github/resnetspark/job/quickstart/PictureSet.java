package io.github.resnetspark.job.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A small set of labelled pictures. The same seed draws the same pictures.
 *
 * @param trainPerClass pictures of each class in the split {@code train}
 * @param validationPerClass pictures of each class in the split {@code validation}
 * @param seed of everything random
 */
public record PictureSet(int trainPerClass, int validationPerClass, long seed) {

    /** The classes, in the order of their labels. */
    public static List<String> classes() {
        return Stream.of(Motif.values()).map(Motif::label).toList();
    }

    /** Pictures of both splits together. */
    public int size() {
        return (trainPerClass + validationPerClass) * Motif.values().length;
    }

    /**
     * Draws the pictures as {@code <folder>/<split>/<class>/<number>.png}.
     *
     * @param folder created if it does not exist
     * @throws IOException if it cannot be written to
     */
    public void write(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        write(folder.resolve("train"), trainPerClass, random.split());
        write(folder.resolve("validation"), validationPerClass, random.split());
    }

    private static void write(Path folder, int perClass, SplittableRandom random) throws IOException {
        for (Motif motif : Motif.values()) {
            Path classFolder = Files.createDirectories(folder.resolve(motif.label()));
            for (int number = 0; number < perClass; number++) {
                Path file = classFolder.resolve(String.format(Locale.ROOT, "%04d.png", number));
                ImageIO.write(new MotifPicture(random.split()).draw(motif), "png", file.toFile());
            }
        }
    }
}
