package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.message.data.SourceReasons;
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
 * CIFAR-10's binary version: a folder with {@code *.bin} files or with a subfolder {@code cifar-10-batches-bin} that
 * has them, a tar archive of either, or one {@code .bin} file. Files whose names start with {@code test} are the
 * validation split, all others the train split.
 */
final class Cifar10Source implements PictureSource {
    private static final String USUAL_FOLDER = "cifar-10-batches-bin";
    private static final List<String> USUAL_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

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
            // All data sets in this format have files with the same names and lengths, so the contents must count.
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
            throw new SourceException(
                    ArchiveFailures.damagedCifar10(source.getPath().toString(), problems));
        }
        if (train.isEmpty()) {
            throw new SourceException(
                    ArchiveFailures.noTrainingBinaries(source.getPath().toString()));
        }
        return new SourceListing(classNames, train, validation, new Cifar10Reader(folder.toString()));
    }

    private void scan(FileStatus file, List<SourceExample> examples, List<String> problems) throws IOException {
        String name = file.getPath().getName();
        if (file.getLen() % Cifar10Record.LENGTH != 0) {
            problems.add(SourceReasons.partialRecord(name, file.getLen(), Cifar10Record.LENGTH));
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
                    problems.add(SourceReasons.recordLabel(name, i, label));
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
            String origin = labels.isEmpty() ? meta.toString() : "prepare.labels";
            throw new SourceException(LabelFailures.notTenClasses(origin, names.size()));
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
