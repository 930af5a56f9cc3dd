package io.github.resnetspark.source.format;

import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.source.format.Cifar10Reader.Cifar10Record;
import io.github.resnetspark.storage.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * CIFAR-10's binary version: a folder with {@code *.bin} files or with a folder {@code cifar-10-batches-bin} that has
 * them, a tar archive of either, or one {@code .bin} file. A file whose name begins with {@code test} is of the
 * validation split, every other of the train split.
 */
final class Cifar10Source implements PictureSource {
    private static final String USUAL_FOLDER = "cifar-10-batches-bin";
    private static final List<String> USUAL_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int REPORTED_PROBLEMS = 10;

    private final FileStatus source;
    private final Storage storage;
    private final List<String> labels;

    Cifar10Source(FileStatus source, Storage storage, List<String> labels) {
        this.source = source;
        this.storage = storage;
        this.labels = labels;
    }

    static boolean looksLikeIt(FileStatus source, Storage storage) throws IOException {
        String name = source.getPath().getName();
        return source.isDirectory()
                ? !binaries(folder(source.getPath(), storage), storage).isEmpty()
                : Cifar10Archive.isArchive(name) || name.endsWith(".bin");
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.CIFAR10;
    }

    @Override
    public List<String> inventory() throws IOException {
        List<FileStatus> files =
                source.isDirectory() ? binaries(folder(source.getPath(), storage), storage) : List.of(source);
        List<String> lines = new ArrayList<>();
        for (FileStatus file : files) {
            // The files of any data set in this format have equal names and lengths.
            lines.add(file.getPath().getName() + " " + file.getLen() + " " + storage.sha256(file.getPath()));
        }
        return lines;
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        List<FileStatus> files;
        Path folder;
        if (source.isDirectory()) {
            folder = folder(source.getPath(), storage);
            files = binaries(folder, storage);
        } else if (source.getPath().getName().endsWith(".bin")) {
            folder = source.getPath().getParent();
            files = List.of(source);
        } else {
            new Cifar10Archive(source.getPath(), storage).unpackTo(staging);
            folder = staging;
            files = binaries(staging, storage);
        }
        return listing(folder, files);
    }

    private SourceListing listing(Path folder, List<FileStatus> files) throws IOException {
        List<String> classNames = classNames(folder);
        List<String> problems = new ArrayList<>();
        List<SourceExample> train = new ArrayList<>();
        List<SourceExample> validation = new ArrayList<>();
        for (FileStatus file : files) {
            boolean test = file.getPath().getName().startsWith("test");
            scan(file, test ? validation : train, problems);
        }
        if (!problems.isEmpty()) {
            List<String> first = problems.subList(0, Math.min(problems.size(), REPORTED_PROBLEMS));
            int more = problems.size() - first.size();
            throw new SourceException(source.getPath() + ": " + String.join(", ", first)
                    + (more > 0 ? ", and " + more + " more" : "")
                    + ". Fetch the files again, and check that they are CIFAR-10's binary version.");
        }
        if (train.isEmpty()) {
            throw new SourceException(source.getPath() + " has no .bin file with pictures to train on (a name that "
                    + "begins with «test» is for validation). Correct prepare.source.");
        }
        return new SourceListing(classNames, train, validation, new Cifar10Reader(folder.toString()));
    }

    private void scan(FileStatus file, List<SourceExample> examples, List<String> problems) throws IOException {
        String name = file.getPath().getName();
        if (file.getLen() % Cifar10Record.LENGTH != 0) {
            problems.add(
                    name + " has " + file.getLen() + " bytes, no whole number of records of " + Cifar10Record.LENGTH);
            return;
        }
        int records = Math.toIntExact(file.getLen() / Cifar10Record.LENGTH);
        byte[] record = new byte[Cifar10Record.LENGTH];
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(storage.open(file.getPath()), 1 << 18))) {
            for (int i = 0; i < records; i++) {
                in.readFully(record);
                int label = Cifar10Record.label(record);
                if (label < Cifar10Record.CLASSES) {
                    examples.add(new SourceExample(
                            name + "#" + i, label, name, (long) i * Cifar10Record.LENGTH, Cifar10Record.LENGTH));
                } else {
                    problems.add("record " + i + " of " + name + " has label " + label + ", outside 0 to 9");
                }
            }
        }
    }

    private List<String> classNames(Path folder) throws IOException {
        List<String> names = labels;
        Path meta = new Path(folder, Cifar10Archive.NAMES_FILE);
        if (names.isEmpty() && storage.exists(meta)) {
            names = TextFile.lines(meta, storage);
        }
        if (names.isEmpty()) {
            names = USUAL_NAMES;
        }
        if (names.size() != Cifar10Record.CLASSES) {
            throw new SourceException((labels.isEmpty() ? meta : "prepare.labels") + " names " + names.size()
                    + " classes but CIFAR-10 has 10. Name all ten in the order of their numbers, or none.");
        }
        return names;
    }

    private static Path folder(Path root, Storage storage) throws IOException {
        Path usual = new Path(root, USUAL_FOLDER);
        return storage.exists(usual) ? usual : root;
    }

    private static List<FileStatus> binaries(Path folder, Storage storage) throws IOException {
        return storage.list(folder).stream()
                .filter(file -> file.isFile()
                        && file.getPath().getName().endsWith(".bin")
                        && !TarFiles.isCompanion(file.getPath().getName()))
                .toList();
    }
}
