package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.quickstart.PictureSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Daily deliveries of pictures of ten classes: pictures of CIFAR-10 if the test data is available, or else pictures that the
 * quickstart draws.
 */
final class Deliveries {
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int RECORD = 1 + 3 * PLANE;
    private static final int TRAIN_PER_CLASS = 100;
    private static final int VALIDATION_PER_CLASS = 50;

    private final Path all;

    private Deliveries(Path all) {
        this.all = all;
    }

    /** @param folder for all pictures, 100 of each class for training and 50 for validation */
    static Deliveries in(Path folder) throws IOException {
        Optional<Path> real = Optional.ofNullable(System.getenv("RESNET_SPARK_TEST_DATA"))
                .map(data -> Path.of(data, "cifar10"))
                .filter(Files::isDirectory);
        if (real.isPresent()) {
            unpack(real.get().resolve("train_100_per_class.bin"), folder.resolve("train"));
            unpack(real.get().resolve("test_50_per_class.bin"), folder.resolve("validation"));
        } else {
            new PictureSet(TRAIN_PER_CLASS, VALIDATION_PER_CLASS, 1).write(folder);
        }
        return new Deliveries(folder);
    }

    /**
     * Writes a delivery to a folder.
     *
     * @param classes number of classes, from the first one
     * @param perClass training pictures of each class
     * @param off by how many classes the labels of the training pictures are wrong; validation labels are right
     */
    Path deliver(Path to, int classes, int perClass, int off) throws IOException {
        List<Path> labels = list(all.resolve("train")).subList(0, classes);
        for (int label = 0; label < classes; label++) {
            Path as = labels.get((label + off) % classes).getFileName();
            copy(labels.get(label), to.resolve("train").resolve(as), perClass);
            Path name = labels.get(label).getFileName();
            copy(
                    all.resolve("validation").resolve(name),
                    to.resolve("validation").resolve(name),
                    VALIDATION_PER_CLASS);
        }
        return to;
    }

    private static void copy(Path from, Path to, int pictures) throws IOException {
        Files.createDirectories(to);
        for (Path picture : list(from).subList(0, pictures)) {
            Files.copy(picture, to.resolve(picture.getFileName()));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void unpack(Path records, Path to) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(records));
        Map<Integer, Integer> seen = new HashMap<>();
        while (bytes.remaining() >= RECORD) {
            byte[] record = new byte[RECORD];
            bytes.get(record);
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < PLANE; i++) {
                int red = record[1 + i] & 0xff;
                int green = record[1 + PLANE + i] & 0xff;
                int blue = record[1 + 2 * PLANE + i] & 0xff;
                picture.setRGB(i % SIDE, i / SIDE, red << 16 | green << 8 | blue);
            }
            Path folder = Files.createDirectories(to.resolve("class" + record[0]));
            int number = seen.merge((int) record[0], 1, Integer::sum);
            ImageIO.write(
                    picture,
                    "png",
                    folder.resolve(String.format(Locale.ROOT, "%03d.png", number))
                            .toFile());
        }
    }
}
