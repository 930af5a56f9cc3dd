package io.github.resnetspark.source.format;

import io.github.resnetspark.source.PictureWalk;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Which folder of a source is which split. Names are known in any case; where two folders have a name of the same split, nobody
 * can tell which one is meant.
 *
 * @param train pictures to train on
 * @param validation pictures to validate with: the folder of that name, or that of test pictures where there is none
 * @param test the folder of test pictures
 */
record FolderLayout(Optional<Path> train, Optional<Path> validation, Optional<Path> test) {
    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("validation", "val", "valid");
    private static final List<String> TEST = List.of("test");
    /** Where ImageNet's folders are in what Kaggle hands out. */
    static final String KAGGLE = "ILSVRC/Data/CLS-LOC";

    private static final int LOOKED_INTO = 100;
    private static final int NAMED = 3;

    /** Whether a folder has one of a split. */
    static boolean isIn(FileStatus root, Storage storage) throws IOException {
        if (!root.isDirectory()) {
            return false;
        }
        List<String> names = new ArrayList<>(TRAIN);
        names.addAll(VALIDATION);
        names.addAll(TEST);
        return !named(names, storage.list(root.getPath())).isEmpty();
    }

    /**
     * The layout of a folder.
     *
     * @throws SourceException if it has no split, or a split twice
     */
    static FolderLayout of(Path root, Storage storage) throws IOException {
        Storage.Listing listing = storage.listing(root);
        List<FileStatus> listed = listing.found();
        List<String> problems = new ArrayList<>();
        Optional<Path> train = only(TRAIN, "training", listed, problems);
        Optional<Path> validation = only(VALIDATION, "validation", listed, problems);
        // Beside pictures to validate with it is not read, so it may be there in several forms.
        Optional<Path> test = validation.isPresent()
                ? named(TEST, listed).stream().findFirst()
                : only(TEST, "test", listed, problems);
        for (String link : listing.deadLinks()) {
            String name = link.toLowerCase(Locale.ROOT);
            if (TRAIN.contains(name) || VALIDATION.contains(name)) {
                problems.add("«" + link + "» is a link that leads nowhere");
            }
        }
        if (!problems.isEmpty()) {
            throw new SourceException(root + ": " + String.join(", ", problems)
                    + ". Keep one folder for each split, train and validation.");
        }
        if (train.isEmpty() && validation.isEmpty() && test.isEmpty()) {
            throw new SourceException(root + " has no folder «train». "
                    + hint(storage.status(root), storage)
                            .orElse("Arrange the pictures as train/<class>/<picture>, or correct prepare.source."));
        }
        return new FolderLayout(train, validation.isPresent() ? validation : test, test);
    }

    /** Whether the pictures to validate with are those that are called test pictures. */
    boolean validatesOnTest() {
        return validation.isPresent() && validation.equals(test);
    }

    private static Optional<Path> only(
            List<String> names, String split, List<FileStatus> listed, List<String> problems) {
        List<Path> found = named(names, listed);
        if (found.size() > 1) {
            problems.add(found.stream().map(path -> "«" + path.getName() + "»").collect(Collectors.joining(" and "))
                    + " may both be the " + split + " split");
        }
        return found.stream().findFirst();
    }

    private static List<Path> named(List<String> names, List<FileStatus> listed) {
        return listed.stream()
                .filter(FileStatus::isDirectory)
                .map(FileStatus::getPath)
                .filter(path -> names.contains(path.getName().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** What to do with a folder that has no splits, where what is in it tells. */
    static Optional<String> hint(FileStatus root, Storage storage) throws IOException {
        if (!root.isDirectory()) {
            return Optional.empty();
        }
        List<Path> folders = storage.list(root.getPath()).stream()
                .filter(FileStatus::isDirectory)
                .map(FileStatus::getPath)
                .filter(path -> !path.getName().startsWith(".") && !PictureWalk.isNobodys(path.getName()))
                .limit(LOOKED_INTO)
                .toList();
        List<Path> nested = new ArrayList<>(folders);
        nested.add(new Path(root.getPath(), KAGGLE));
        List<String> splits = new ArrayList<>(TRAIN);
        splits.addAll(VALIDATION);
        for (Path folder : nested) {
            if (!named(splits, glimpse(folder, storage)).isEmpty()) {
                return Optional.of("But " + folder + " has folders of splits: set prepare.source to that.");
            }
        }
        List<String> classes = new ArrayList<>();
        for (Path folder : folders) {
            if (glimpse(folder, storage).stream()
                    .anyMatch(file -> file.isFile()
                            && PictureWalk.isPicture(file.getPath().getName()))) {
                classes.add("«" + folder.getName() + "»");
            }
        }
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", classes.subList(0, Math.min(NAMED, classes.size())))
                + (classes.size() > NAMED ? " and others" : "");
        return Optional.of("Its folders " + named + " look like classes: move them into train, and some pictures "
                + "of each into validation/<class>.");
    }

    /** What is in a folder; nothing where it may not be looked into, since a hint is not worth an error. */
    private static List<FileStatus> glimpse(Path folder, Storage storage) {
        try {
            return storage.list(folder);
        } catch (IOException | StorageException e) {
            return List.of();
        }
    }
}
