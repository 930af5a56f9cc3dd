package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.source.PictureWalk;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Which folder of a source is which split. Names match in upper and lower case. Two folders with names of the same
 * split are ambiguous and therefore an error.
 *
 * @param train the folder of training pictures
 * @param validation the folder of validation pictures, or that of test pictures if there is none
 * @param test the folder of test pictures
 */
record FolderLayout(Optional<Path> train, Optional<Path> validation, Optional<Path> test) {
    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("validation", "val", "valid");
    private static final List<String> TEST = List.of("test");
    /** The location of ImageNet's folders in Kaggle's archive. */
    static final String KAGGLE = "ILSVRC/Data/CLS-LOC";

    private static final int LOOKED_INTO = 100;

    /** Whether a folder contains a folder for a split. */
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
     * @throws SourceException if there is no split, or if a split is ambiguous
     */
    static FolderLayout of(Path root, Storage storage) throws IOException {
        Storage.Listing listing = storage.listing(root);
        List<FileStatus> listed = listing.found();
        List<String> problems = new ArrayList<>();
        Optional<Path> train = only(TRAIN, "training", listed, problems);
        Optional<Path> validation = only(VALIDATION, "validation", listed, problems);
        // It is not read if there is a validation folder, so ambiguity does not matter then.
        Optional<Path> test = validation.isPresent()
                ? named(TEST, listed).stream().findFirst()
                : only(TEST, "test", listed, problems);
        for (String link : listing.deadLinks()) {
            String name = link.toLowerCase(Locale.ROOT);
            if (TRAIN.contains(name) || VALIDATION.contains(name)) {
                problems.add(SourceReasons.brokenLink(link));
            }
        }
        if (!problems.isEmpty()) {
            throw new SourceException(SourceFailures.unclearSplits(root.toString(), problems));
        }
        if (train.isEmpty() && validation.isEmpty() && test.isEmpty()) {
            throw new SourceException(noSplits(storage.status(root), storage)
                    .orElseGet(() -> SourceFailures.noTrainFolder(root.toString())));
        }
        return new FolderLayout(train, validation.isPresent() ? validation : test, test);
    }

    /** Whether the test pictures serve as validation pictures. */
    boolean validatesOnTest() {
        return validation.isPresent() && validation.equals(test);
    }

    private static Optional<Path> only(
            List<String> names, String split, List<FileStatus> listed, List<String> problems) {
        List<Path> found = named(names, listed);
        if (found.size() > 1) {
            problems.add(
                    SourceReasons.sameSplit(found.stream().map(Path::getName).toList(), split));
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

    /** Whether a folder has class folders, and no folder for a split in it or just below it. */
    static boolean isUnsplit(FileStatus root, Storage storage) throws IOException {
        if (!root.isDirectory() || isIn(root, storage)) {
            return false;
        }
        List<Path> folders = folders(root, storage);
        return nestedSplits(root, folders, storage).isEmpty()
                && !classes(folders, storage).isEmpty();
    }

    /** The layout of a folder whose folders are classes. */
    static FolderLayout unsplit(Path root) {
        return new FolderLayout(Optional.of(root), Optional.empty(), Optional.empty());
    }

    /** A message for a folder without splits that says what its contents look like, if they look like anything. */
    static Optional<String> noSplits(FileStatus root, Storage storage) throws IOException {
        if (!root.isDirectory()) {
            return Optional.empty();
        }
        List<Path> folders = folders(root, storage);
        Optional<Path> nested = nestedSplits(root, folders, storage);
        if (nested.isPresent()) {
            return Optional.of(SourceFailures.splitsInNestedFolder(
                    root.getPath().toString(), nested.get().toString()));
        }
        List<String> classes = classes(folders, storage);
        return classes.isEmpty()
                ? Optional.empty()
                : Optional.of(SourceFailures.classesWithoutSplit(root.getPath().toString(), classes));
    }

    private static List<Path> folders(FileStatus root, Storage storage) throws IOException {
        return storage.list(root.getPath()).stream()
                .filter(FileStatus::isDirectory)
                .map(FileStatus::getPath)
                .filter(path -> !path.getName().startsWith(".") && !PictureWalk.isSystemFile(path.getName()))
                .limit(LOOKED_INTO)
                .toList();
    }

    private static Optional<Path> nestedSplits(FileStatus root, List<Path> folders, Storage storage) {
        List<Path> nested = new ArrayList<>(folders);
        nested.add(new Path(root.getPath(), KAGGLE));
        List<String> splits = new ArrayList<>(TRAIN);
        splits.addAll(VALIDATION);
        return nested.stream()
                .filter(folder -> !named(splits, glimpse(folder, storage)).isEmpty())
                .findFirst();
    }

    private static List<String> classes(List<Path> folders, Storage storage) {
        return folders.stream()
                .filter(folder -> glimpse(folder, storage).stream()
                        .anyMatch(file -> file.isFile()
                                && PictureWalk.isPicture(file.getPath().getName())))
                .map(Path::getName)
                .toList();
    }

    /** The contents of a folder; empty if it cannot be read, since that must not replace the original error. */
    private static List<FileStatus> glimpse(Path folder, Storage storage) {
        try {
            return storage.list(folder);
        } catch (IOException | StorageException e) {
            return List.of();
        }
    }
}
