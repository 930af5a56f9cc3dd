package io.github.resnetspark.source.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * The labels of pictures in one flat folder. Supports all formats in which the labels of ImageNet's validation pictures
 * are distributed. The first line of a file determines its format.
 */
final class FlatLabels {
    /** Kaggle's file, with lines such as {@code ILSVRC2012_val_00048981,n03995372 85 1 499 272}. */
    static final String SOLUTION = "LOC_val_solution.csv";
    /** Tiny ImageNet's file, next to its folder of pictures: file name, synset and four numbers, separated by tabs. */
    static final String ANNOTATIONS = "val_annotations.txt";

    private static final String SOLUTION_HEADER = "ImageId,";
    private static final Pattern NUMBER = Pattern.compile("ILSVRC2012_val_(\\d{8})");

    private final Map<String, String> byName;
    private final List<String> byNumber;

    private FlatLabels(Map<String, String> byName, List<String> byNumber) {
        this.byName = byName;
        this.byNumber = byNumber;
    }

    /** The files that may have the labels of the pictures in a folder, most likely first. */
    static List<Path> usualFiles(Path root, Path folder) {
        List<Path> files = new ArrayList<>();
        files.add(new Path(folder, ANNOTATIONS));
        files.add(new Path(root, SOLUTION));
        SynsetTexts.GROUND_TRUTHS.forEach(name -> files.add(new Path(root, name)));
        if (root.toUri().getPath().endsWith("/" + FolderLayout.KAGGLE)) {
            files.add(new Path(root.getParent().getParent().getParent(), SOLUTION));
        }
        return files;
    }

    /** Reads the ground truth. */
    static FlatLabels of(SynsetTexts texts) throws IOException {
        List<String> lines = texts.groundTruthLines();
        boolean solution = !lines.isEmpty() && lines.get(0).startsWith(SOLUTION_HEADER);
        boolean annotations = !lines.isEmpty() && lines.get(0).indexOf('\t') > 0;
        if (!solution && !annotations) {
            return new FlatLabels(Map.of(), texts.groundTruth());
        }
        Map<String, String> byName = new HashMap<>();
        for (String line : solution ? lines.subList(1, lines.size()) : lines) {
            String[] fields = line.split(solution ? "[,\\s]+" : "\t", -1);
            if (fields.length > 1) {
                byName.put(stem(fields[0]), fields[1]);
            }
        }
        return new FlatLabels(byName, List.of());
    }

    /** The class of a picture; empty if it is unknown. */
    Optional<String> of(String fileName) {
        String stem = stem(fileName);
        Matcher number = NUMBER.matcher(stem);
        if (!byNumber.isEmpty() && number.matches()) {
            int index = Integer.parseInt(number.group(1)) - 1;
            return index >= 0 && index < byNumber.size() ? Optional.of(byNumber.get(index)) : Optional.empty();
        }
        return Optional.ofNullable(byName.get(stem));
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }
}
