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
 * The file {@code SHA256SUMS} of a directory: one line for each of its other files, as {@code sha256sum} writes and checks them, in
 * the order of the names. It is written last: where it is, the directory is complete.
 */
public final class ChecksumList {
    /** What the list is called. */
    public static final String FILE_NAME = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
    /** A name with a path in it would reach outside the directory. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");

    private final SortedMap<String, String> sums;

    /** @param sums file name to SHA-256 in hexadecimal */
    public ChecksumList(Map<String, String> sums) {
        this.sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
    }

    /** Reads all files that a local directory holds, but for the list itself. */
    public static ChecksumList ofFilesIn(Path directory) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String name : fileNames(directory)) {
            sums.put(name, Sha256.of(directory.resolve(name)));
        }
        return new ChecksumList(sums);
    }

    /** The names in a local directory, sorted, but for that of the list itself. */
    public static List<String> fileNames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(FILE_NAME))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads what {@link #text} or {@code sha256sum} wrote.
     *
     * @throws BadLineException at the first line that names no file of the directory, or one twice
     */
    public static ChecksumList parse(byte[] text) throws BadLineException {
        Map<String, String> sums = new TreeMap<>();
        // Any bytes are text so; a name with others than plain letters is refused in any case.
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

    /** The listed files, in the order of their names. */
    public Set<String> names() {
        return sums.keySet();
    }

    /** Whether a file is listed with that SHA-256. */
    public boolean matches(String name, String sha256) {
        return sha256.equals(sums.get(name));
    }

    /** A line of a list is none that lists a file. */
    public static final class BadLineException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String line;

        BadLineException(String line) {
            super(FileReasons.notAChecksum(line));
            this.line = line;
        }

        /** The line, as somebody wrote it. */
        public String line() {
            return line;
        }
    }
}
