package io.github.resnetspark.file;

import io.github.resnetspark.message.model.FileReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file {@code SHA256SUMS} of a directory: one line for each other file, in the format of {@code sha256sum}, sorted by name. It
 * is written last, so a directory that contains it is complete.
 */
public final class ChecksumList {
    /** The name of the file. */
    public static final String FILE_NAME = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
    /** Names must not contain a path, which could lead out of the directory. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

    private final SortedMap<String, String> sums;

    /** @param sums file name to SHA-256 in hexadecimal */
    public ChecksumList(Map<String, String> sums) {
        this.sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
    }

    /** Reads all files of a local directory except the list itself. */
    public static ChecksumList ofFilesIn(Path directory) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String name : fileNames(directory)) {
            sums.put(name, Sha256.of(directory.resolve(name)));
        }
        return new ChecksumList(sums);
    }

    /** The names of the files in a local directory, sorted, without the list itself. */
    public static List<String> fileNames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FILE_NAME))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads the output of {@link #text} or {@code sha256sum}.
     *
     * @throws BadLineException for the first line that is not a checksum and a plain file name, or repeats a name
     */
    public static ChecksumList parse(byte[] text) throws BadLineException {
        Map<String, String> sums = new TreeMap<>();
        // Decodes any bytes. Names with characters outside ASCII are rejected below.
        for (String line : new String(text, StandardCharsets.ISO_8859_1).lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            boolean sound = matcher.matches()
                    && PLAIN_NAME.matcher(matcher.group(2)).matches()
                    && sums.put(matcher.group(2), matcher.group(1)) == null;
            if (!sound) {
                throw new BadLineException(line);
            }
        }
        return new ChecksumList(sums);
    }

    /** The text of the file. */
    public String text() {
        StringBuilder text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        return text.toString();
    }

    /** The names of the listed files, sorted. */
    public Set<String> names() {
        return sums.keySet();
    }

    /** Whether a file is listed with that SHA-256. */
    public boolean matches(String name, String sha256) {
        return sha256.equals(sums.get(name));
    }

    /** A line is not a checksum and a file name. */
    public static final class BadLineException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String line;

        BadLineException(String line) {
            super(FileReasons.notAChecksum(line));
            this.line = line;
        }

        /** The line, not escaped. */
        public String line() {
            return line;
        }
    }
}
