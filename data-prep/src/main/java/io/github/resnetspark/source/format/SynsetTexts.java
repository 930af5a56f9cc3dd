package io.github.resnetspark.source.format;

import io.github.resnetspark.file.Sha256;
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

    /** The same, where files that nobody named are taken from a folder if they are there under their usual names. */
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
     * The same, where a ground truth that nobody named is the first that is there.
     *
     * @param candidates files that may be
     * @param folder that the synsets' numbers may lie in
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

    /** The lines of the ground truth, whatever they are. */
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

    /** A line for each file that is used, with the hash of what it says. */
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

    /** The synsets by class number; empty if nobody says. */
    List<String> order() throws IOException {
        return files.order().isEmpty() ? List.of() : lines("synsets", files.order());
    }

    /** What classes are called: the synset itself, or with a file of names the synset and its name. */
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
            throw new SourceException(files.names() + " has no name for " + String.join(", ", nameless)
                    + ". Add a line for each, or leave prepare.synset-names out.");
        }
        return synsets.stream().map(names::get).toList();
    }

    /** The synset of each validation picture, in the order of their numbers. */
    List<String> groundTruth() throws IOException {
        if (files.groundTruth().isEmpty()) {
            throw new SourceException("Nothing says what the validation pictures show. Set prepare.ground-truth to "
                    + GROUND_TRUTHS.get(0) + ", or put that file beside the archives.");
        }
        String file = files.groundTruth();
        List<String> classes = lines("ground-truth", file);
        if (classes.isEmpty() || !isNumber(classes.get(0))) {
            return classes;
        }
        if (files.ids().isEmpty()) {
            throw new SourceException(file + " gives the development kit's numbers, which are not class numbers. "
                    + "Set prepare.synset-ids to " + IDS + ", with a number and its synset per line.");
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
                throw new SourceException(file + " has the class " + number + ", which " + files.ids()
                        + " does not know. Take both files from the same release.");
            }
            translated.add(synset);
        }
        return translated;
    }

    private List<String> lines(String key, String file) throws IOException {
        try {
            return TextFile.lines(new Path(file), storage);
        } catch (FileNotFoundException e) {
            throw new SourceException(file + " does not exist. Correct prepare." + key + ".", e);
        }
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(Character::isDigit);
    }
}
