package io.github.resnetspark.bundle;

import io.github.resnetspark.recipe.ShownText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code SHA256SUMS}: one line per file, as {@code sha256sum} writes and checks them, in the order of the names. */
final class CheckSums {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");
    private static final String REMEDY = ". Copy the directory again from where it was written, all of it.";

    private CheckSums() {}

    /** Writes the sums of all files that the directory holds. */
    static void write(Path directory) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : fileNames(directory)) {
            text.append(sum(directory.resolve(name))).append("  ").append(name).append('\n');
        }
        Files.writeString(directory.resolve(BundleFiles.CHECK_SUMS), text);
    }

    /**
     * Reads every file and compares.
     *
     * @throws BundleException with all that is missing, changed or not listed
     */
    static void verify(Path directory) throws IOException {
        Map<String, String> sums = read(directory);
        List<String> problems = new ArrayList<>();
        for (String name : BundleFiles.REQUIRED) {
            if (!sums.containsKey(name)) {
                problems.add(ShownText.start(name) + " is not listed in " + BundleFiles.CHECK_SUMS);
            }
        }
        for (Map.Entry<String, String> entry : sums.entrySet()) {
            Path file = directory.resolve(entry.getKey());
            if (isMissing(file)) {
                problems.add(ShownText.start(entry.getKey()) + " is missing");
            } else if (!sum(file).equals(entry.getValue())) {
                problems.add(ShownText.start(entry.getKey()) + " does not match its check sum");
            }
        }
        for (String name : fileNames(directory)) {
            if (!sums.containsKey(name) && !BundleFiles.REQUIRED.contains(name) && !isHadoopSum(name)) {
                problems.add(ShownText.start(name) + " is not listed in " + BundleFiles.CHECK_SUMS);
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleException(
                    directory + " is not the model that was written: " + ShownText.first(problems) + REMEDY);
        }
    }

    /** Name to sum, as the directory's list has them. */
    static Map<String, String> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory) && isMissing(directory)) {
            throw new BundleException(
                    directory + " is not a directory. Give a model directory that train or import wrote.");
        }
        Path file = directory.resolve(BundleFiles.CHECK_SUMS);
        if (isMissing(file)) {
            throw new BundleException(directory + " holds no " + BundleFiles.CHECK_SUMS
                    + ", so it is no complete model. Give a model directory that train or import wrote.");
        }
        Map<String, String> sums = new TreeMap<>();
        for (String line :
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            // A name with a path in it would reach outside the directory.
            boolean sound = matcher.matches()
                    && PLAIN_NAME.matcher(matcher.group(2)).matches()
                    && sums.put(matcher.group(2), matcher.group(1)) == null;
            if (!sound) {
                throw new BundleException(file + " holds the line «" + ShownText.start(line)
                        + "», which names no file of the directory" + " or one twice" + REMEDY);
            }
        }
        return sums;
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

    private static List<String> fileNames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(BundleFiles.CHECK_SUMS))
                    .sorted()
                    .toList();
        }
    }

    private static String sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
