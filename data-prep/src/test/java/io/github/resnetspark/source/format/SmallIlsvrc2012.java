package io.github.resnetspark.source.format;

import io.github.resnetspark.intake.OddPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A small data set in the form of ILSVRC2012, with its unusual pictures. */
public final class SmallIlsvrc2012 {
    /** Its synsets in the order of the standard list. */
    public static final List<String> SYNSETS = List.of("n01440764", "n01739381", "n02105855");

    /** The picture that is a transparent PNG despite its name. */
    public static final String PNG = "train/n02105855/n02105855_2933.JPEG";

    private SmallIlsvrc2012() {}

    /**
     * Writes the archives and the label files: {@code perSynset} ordinary pictures for each synset, then two unusual
     * ones that are stored, then those of {@code broken}, and six validation pictures.
     */
    public static Path write(Path folder, int perSynset, Map<String, byte[]> broken) throws IOException {
        Files.createDirectories(folder);
        Map<String, byte[]> train = new LinkedHashMap<>();
        for (String synset : SYNSETS) {
            Map<String, byte[]> pictures = new LinkedHashMap<>();
            for (int i = 0; i < perSynset; i++) {
                int label = SYNSETS.indexOf(synset);
                pictures.put(synset + "_" + i + ".JPEG", OddPictures.jpeg(20 + i % 7, 16, 80 * label, i, 255 - i));
            }
            if (synset.equals("n01739381")) {
                pictures.put("n01739381_1309.JPEG", OddPictures.cmyk(30, 20, 255, 128, 0, 255));
                pictures.putAll(broken);
            }
            if (synset.equals("n02105855")) {
                pictures.put("n02105855_2933.JPEG", OddPictures.transparentPng(30, 20, 1, 2, 3, 4));
            }
            train.put(synset + ".tar", Pictures.tar(pictures));
        }
        Files.write(folder.resolve("ILSVRC2012_img_train.tar"), Pictures.tar(train));
        Map<String, byte[]> validation = new LinkedHashMap<>();
        for (int number : new int[] {2, 1, 3, 6, 5, 4}) {
            String name = String.format(Locale.ROOT, "./ILSVRC2012_val_%08d.JPEG", number);
            validation.put(name, OddPictures.jpeg(10, 10 + number, 9, 9, 9));
        }
        Files.write(folder.resolve("ILSVRC2012_img_val.tar"), Pictures.tar(validation));
        Files.write(
                folder.resolve("imagenet_2012_validation_synset_labels.txt"),
                List.of("n02105855", "n01440764", "n01440764", "n01739381", "n02105855", "n01739381"));
        return folder;
    }

    /** The damaged pictures, by name within {@code n01739381}. */
    public static Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        byte[] jpeg = OddPictures.jpeg(40, 30, 5, 6, 7);
        broken.put("n01739381_truncated.JPEG", Arrays.copyOf(jpeg, jpeg.length / 2));
        broken.put("n01739381_empty.JPEG", new byte[0]);
        broken.put("n01739381_bomb.JPEG", OddPictures.bomb());
        return broken;
    }
}
