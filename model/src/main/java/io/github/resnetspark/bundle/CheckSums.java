package io.github.resnetspark.bundle;

import io.github.resnetspark.file.ChecksumList;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.text.ShownText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Holds a model directory against its {@code SHA256SUMS}. */
final class CheckSums {
    private static final String REMEDY = ". Copy the directory again from where it was written, all of it.";

    private CheckSums() {}

    /** Writes the sums of all files that the directory holds. */
    static void write(Path directory) throws IOException {
        Files.writeString(
                directory.resolve(ChecksumList.FILE_NAME),
                ChecksumList.ofFilesIn(directory).text());
    }

    /**
     * Reads every file and compares.
     *
     * @throws BundleException with all that is missing, changed or not listed
     */
    static void verify(Path directory) throws IOException {
        ChecksumList list = read(directory);
        List<String> problems = new ArrayList<>();
        for (String name : BundleFiles.REQUIRED) {
            if (!list.names().contains(name)) {
                problems.add(ShownText.start(name) + " is not listed in " + ChecksumList.FILE_NAME);
            }
        }
        for (String name : list.names()) {
            Path file = directory.resolve(name);
            if (isMissing(file)) {
                problems.add(ShownText.start(name) + " is missing");
            } else if (!list.matches(name, Sha256.of(file))) {
                problems.add(ShownText.start(name) + " does not match its check sum");
            }
        }
        for (String name : ChecksumList.fileNames(directory)) {
            if (!list.names().contains(name) && !BundleFiles.REQUIRED.contains(name) && !isHadoopSum(name)) {
                problems.add(ShownText.start(name) + " is not listed in " + ChecksumList.FILE_NAME);
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleException(
                    directory + " is not the model that was written: " + ShownText.first(problems) + REMEDY);
        }
    }

    /** The directory's list. */
    static ChecksumList read(Path directory) throws IOException {
        if (!Files.isDirectory(directory) && isMissing(directory)) {
            throw new BundleException(
                    directory + " is not a directory. Give a model directory that train or import wrote.");
        }
        Path file = directory.resolve(ChecksumList.FILE_NAME);
        if (isMissing(file)) {
            throw new BundleException(directory + " holds no " + ChecksumList.FILE_NAME
                    + ", so it is no complete model. Give a model directory that train or import wrote.");
        }
        try {
            return ChecksumList.parse(Files.readAllBytes(file));
        } catch (ChecksumList.BadLineException e) {
            throw new BundleException(
                    file + " holds the line «" + ShownText.start(e.line())
                            + "», which names no file of the directory or one twice" + REMEDY,
                    e);
        }
    }

    /**
     * Whether there is no file of that name.
     *
     * @throws IOException if that cannot be told, where {@link Files#isRegularFile} would say that there is none
     */
    private static boolean isMissing(Path file) throws IOException {
        try {
            return !Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Hadoop's local file system puts a sum of its own beside every file that it writes. */
    private static boolean isHadoopSum(String name) {
        return name.startsWith(".") && name.endsWith(".crc");
    }
}
