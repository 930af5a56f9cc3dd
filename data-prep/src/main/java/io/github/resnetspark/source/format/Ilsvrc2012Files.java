package io.github.resnetspark.source.format;

import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The archives of ILSVRC2012 that a source has.
 *
 * @param folder the folder that all paths are relative to
 * @param train the archive of archives
 * @param synsets the archives of single synsets extracted from it, sorted; empty if the archive itself exists
 * @param validation the archive of validation pictures
 */
record Ilsvrc2012Files(
        Path folder, Optional<FileStatus> train, List<FileStatus> synsets, Optional<FileStatus> validation) {
    static final String TRAIN = "ILSVRC2012_img_train.tar";
    static final String VALIDATION = "ILSVRC2012_img_val.tar";
    /** Folders to which people unpack the archive. */
    private static final List<String> FOLDERS = List.of("train", "ILSVRC2012_img_train", "");

    private static final Pattern SYNSET = Pattern.compile("n\\d{8}\\.tar");

    /** The archives of a source, possibly none. If the source is an archive itself, its siblings do not count. */
    static Ilsvrc2012Files in(FileStatus source, Storage storage) throws IOException {
        if (!source.isDirectory()) {
            boolean validation = source.getPath().getName().equals(VALIDATION);
            return new Ilsvrc2012Files(
                    source.getPath().getParent(),
                    validation ? Optional.empty() : Optional.of(source),
                    List.of(),
                    validation ? Optional.of(source) : Optional.empty());
        }
        Path folder = source.getPath();
        Optional<FileStatus> train = file(new Path(folder, TRAIN), storage);
        List<FileStatus> synsets = new ArrayList<>();
        for (String name : FOLDERS) {
            if (train.isEmpty() && synsets.isEmpty()) {
                storage.list(name.isEmpty() ? folder : new Path(folder, name)).stream()
                        .filter(file -> file.isFile()
                                && SYNSET.matcher(file.getPath().getName()).matches())
                        .forEach(synsets::add);
            }
        }
        return new Ilsvrc2012Files(folder, train, synsets, file(new Path(folder, VALIDATION), storage));
    }

    /** Whether a source looks like ILSVRC2012. For a single file its name decides. */
    static boolean looksLikeIt(FileStatus source, Storage storage) throws IOException {
        String name = source.getPath().getName();
        return source.isDirectory() ? in(source, storage).isSomething() : name.equals(TRAIN) || name.equals(VALIDATION);
    }

    boolean isSomething() {
        return train.isPresent() || !synsets.isEmpty() || validation.isPresent();
    }

    /** All of them. */
    List<FileStatus> all() {
        List<FileStatus> all = new ArrayList<>();
        train.ifPresent(all::add);
        all.addAll(synsets);
        validation.ifPresent(all::add);
        return all;
    }

    /** The name below {@link #folder}, such as {@code train/n01440764.tar}. */
    String relative(Path file) {
        return file.getParent().equals(folder)
                ? file.getName()
                : file.getParent().getName() + "/" + file.getName();
    }

    private static Optional<FileStatus> file(Path path, Storage storage) throws IOException {
        return storage.exists(path) ? Optional.of(storage.status(path)) : Optional.empty();
    }
}
