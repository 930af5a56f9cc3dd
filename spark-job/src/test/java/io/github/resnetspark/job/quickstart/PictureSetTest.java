package io.github.resnetspark.job.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSetTest {
    @TempDir
    private Path folder;

    @Test
    void fillsAFolderPerClassInBothSplits() throws IOException {
        PictureSet pictures = new PictureSet(3, 2, 1);
        pictures.write(folder);

        assertThat(PictureSet.classes()).hasSize(10).isSorted();
        for (String name : PictureSet.classes()) {
            assertThat(files(folder.resolve("train").resolve(name))).hasSize(3);
            assertThat(files(folder.resolve("validation").resolve(name))).hasSize(2);
        }
        assertThat(pictures.size()).isEqualTo(50);
    }

    @Test
    void drawsTheSamePicturesForTheSameSeedAndOthersForAnother() throws IOException {
        new PictureSet(2, 1, 7).write(folder.resolve("one"));
        new PictureSet(2, 1, 7).write(folder.resolve("again"));
        new PictureSet(2, 1, 8).write(folder.resolve("other"));

        Path star = Path.of("train", "star", "0001.png");
        byte[] bytes = Files.readAllBytes(folder.resolve("one").resolve(star));
        assertThat(Files.readAllBytes(folder.resolve("again").resolve(star))).isEqualTo(bytes);
        assertThat(Files.readAllBytes(folder.resolve("other").resolve(star))).isNotEqualTo(bytes);
    }

    @Test
    void drawsNoPictureTwice() throws IOException {
        new PictureSet(5, 5, 1).write(folder);

        Set<Integer> seen = new HashSet<>();
        for (String split : List.of("train", "validation")) {
            for (String name : PictureSet.classes()) {
                for (Path file : files(folder.resolve(split).resolve(name))) {
                    assertThat(seen.add(Arrays.hashCode(Files.readAllBytes(file))))
                            .as(file.toString())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void coloursSayNothingAboutTheClass() throws IOException {
        new PictureSet(200, 1, 1).write(folder);

        for (String name : PictureSet.classes()) {
            double sum = 0;
            List<Path> files = files(folder.resolve("train").resolve(name));
            for (Path file : files) {
                sum += meanOfAllChannels(ImageIO.read(file.toFile()));
            }
            assertThat(sum / files.size()).as(name).isBetween(112.0, 144.0);
        }
    }

    private static double meanOfAllChannels(BufferedImage image) {
        double sum = 0;
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int pixel : pixels) {
            sum += ((pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff)) / 3.0;
        }
        return sum / pixels.length;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
