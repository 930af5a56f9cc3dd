package io.github.resnetspark.bundle;

import io.github.resnetspark.file.ChecksumList;
import io.github.resnetspark.file.Sha256;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.message.model.BundleReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Compares a model directory with its {@code SHA256SUMS}. */
final class CheckSums {
    private CheckSums() {}

    /** Writes the checksums of all files in the directory. */
    static void write(Path directory) throws IOException {
        Files.writeString(
                directory.resolve(ChecksumList.FILE_NAME),
                ChecksumList.ofFilesIn(directory).text());
    }

    /**
     * Reads every file and compares its checksum.
     *
     * @throws BundleException with every file that is missing, changed or not listed
     */
    static void verify(Path directory) throws IOException {
        ChecksumList list = read(directory);
        List<String> problems = new ArrayList<>();
        for (String name : BundleFiles.REQUIRED) {
            if (!list.names().contains(name)) {
                problems.add(BundleReasons.notListed(name, ChecksumList.FILE_NAME));
            }
        }
        for (String name : list.names()) {
            Path file = directory.resolve(name);
            if (isMissing(file)) {
                problems.add(BundleReasons.missing(name));
            } else if (!list.matches(name, Sha256.of(file))) {
                problems.add(BundleReasons.otherChecksum(name));
            }
        }
        for (String name : ChecksumList.fileNames(directory)) {
            if (!list.names().contains(name) && !BundleFiles.REQUIRED.contains(name) && !isHadoopSum(name)) {
                problems.add(BundleReasons.notListed(name, ChecksumList.FILE_NAME));
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleException(BundleFailures.changed(directory.toString(), problems));
        }
    }

    /** The directory's list of checksums. */
    static ChecksumList read(Path directory) throws IOException {
        if (!Files.isDirectory(directory) && isMissing(directory)) {
            throw new BundleException(BundleFailures.notADirectory(directory.toString()));
        }
        Path file = directory.resolve(ChecksumList.FILE_NAME);
        if (isMissing(file)) {
            throw new BundleException(BundleFailures.noChecksums(directory.toString(), ChecksumList.FILE_NAME));
        }
        try {
            return ChecksumList.parse(Files.readAllBytes(file));
        } catch (ChecksumList.BadLineException e) {
            throw new BundleException(
                    BundleFailures.badChecksumLine(file.toString(), BundleReasons.checksumLine(e.line())), e);
        }
    }

    /**
     * Whether there is no file of that name.
     *
     * @throws IOException if the file's attributes cannot be read; {@link Files#isRegularFile} would return false
     */
    private static boolean isMissing(Path file) throws IOException {
        try {
            return !Files.readAttributes(file, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Hadoop's local file system writes a checksum file beside every file. */
    private static boolean isHadoopSum(String name) {
        return name.startsWith(".") && name.endsWith(".crc");
    }
}
