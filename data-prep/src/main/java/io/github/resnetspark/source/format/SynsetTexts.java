package io.github.resnetspark.source.format;

import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.source.PrepareSettings.SynsetFiles;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** Reads the {@link SynsetFiles}. */
final class SynsetTexts {
    static final String ORDER = "imagenet_lsvrc_2015_synsets.txt";
    static final String NAMES = "LOC_synset_mapping.txt";
    static final List<String> GROUND_TRUTHS =
            List.of("imagenet_2012_validation_synset_labels.txt", "ILSVRC2012_validation_ground_truth.txt");
    static final String IDS = "ilsvrc2012_id_to_wnid.txt";

    private final Storage storage;
    private final SynsetFiles files;

    SynsetTexts(Storage storage, SynsetFiles files) {
        this.storage = storage;
        this.files = files;
    }

    /**
     * The same, except that files that are not set are taken from a folder if they exist there under their usual names.
     */
    SynsetTexts orIn(Path folder) throws IOException {
        return new SynsetTexts(
                storage,
                new SynsetFiles(
                        or(files.order(), folder, List.of(ORDER)),
                        or(files.names(), folder, List.of(NAMES)),
                        or(files.groundTruth(), folder, GROUND_TRUTHS),
                        or(files.ids(), folder, List.of(IDS))));
    }

    /**
     * The same, except that a ground truth that is not set is the first candidate that exists.
     *
     * @param candidates possible files
     * @param folder where the file with the synsets' numbers may be
     */
    SynsetTexts orGroundTruth(List<Path> candidates, Path folder) throws IOException {
        String truth = files.groundTruth();
        for (Path candidate : candidates) {
            if (truth.isEmpty() && storage.exists(candidate)) {
                truth = candidate.toString();
            }
        }
        return new SynsetTexts(
                storage, new SynsetFiles(files.order(), files.names(), truth, or(files.ids(), folder, List.of(IDS))));
    }

    /** The file with the ground truth; empty if there is none. */
    String groundTruthFile() {
        return files.groundTruth();
    }

    /** The lines of the ground truth in any format. */
    List<String> groundTruthLines() throws IOException {
        return lines("ground-truth", files.groundTruth());
    }

    private String or(String given, Path folder, List<String> names) throws IOException {
        for (String name : names) {
            Path usual = new Path(folder, name);
            if (given.isEmpty() && storage.exists(usual)) {
                return usual.toString();
            }
        }
        return given;
    }

    /** One line per file that is used, with the hash of its text. */
    List<String> inventory() throws IOException {
        List<String> lines = new ArrayList<>();
        describe("ground-truth", files.groundTruth(), lines);
        describe("synset-ids", files.ids(), lines);
        describe("synset-names", files.names(), lines);
        describe("synsets", files.order(), lines);
        return lines;
    }

    private void describe(String key, String file, List<String> lines) throws IOException {
        if (!file.isEmpty()) {
            String text = String.join("\n", lines(key, file));
            lines.add(key + " " + Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The synsets by class number; empty if no list is set. */
    List<String> order() throws IOException {
        return files.order().isEmpty() ? List.of() : lines("synsets", files.order());
    }

    /** The class names: the synset itself, or the synset and its name if a file with names is set. */
    List<String> named(List<String> synsets) throws IOException {
        if (files.names().isEmpty()) {
            return synsets;
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String line : lines("synset-names", files.names())) {
            names.put(line.split("\\s", 2)[0], line);
        }
        List<String> nameless =
                synsets.stream().filter(synset -> !names.containsKey(synset)).toList();
        if (!nameless.isEmpty()) {
            throw new SourceException(LabelFailures.unnamedSynsets(files.names(), nameless));
        }
        return synsets.stream().map(names::get).toList();
    }

    /** The synset of each validation picture, in the order of their numbers. */
    List<String> groundTruth() throws IOException {
        if (files.groundTruth().isEmpty()) {
            throw new SourceException(LabelFailures.noGroundTruth(GROUND_TRUTHS.get(0)));
        }
        String file = files.groundTruth();
        List<String> classes = lines("ground-truth", file);
        if (classes.isEmpty() || !isNumber(classes.get(0))) {
            return classes;
        }
        if (files.ids().isEmpty()) {
            throw new SourceException(LabelFailures.kitNumbersWithoutIds(file, IDS));
        }
        Map<String, String> synsets = new LinkedHashMap<>();
        for (String line : lines("synset-ids", files.ids())) {
            String[] fields = line.split("\\s+", 2);
            synsets.put(fields[0], fields.length > 1 ? fields[1] : "");
        }
        List<String> translated = new ArrayList<>();
        for (String number : classes) {
            String synset = synsets.get(number);
            if (synset == null) {
                throw new SourceException(LabelFailures.unknownKitNumber(file, number, files.ids()));
            }
            translated.add(synset);
        }
        return translated;
    }

    private List<String> lines(String key, String file) throws IOException {
        try {
            return TextFile.lines(new Path(file), storage);
        } catch (FileNotFoundException e) {
            throw new SourceException(LabelFailures.missingFile(file, key), e);
        }
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }
}
