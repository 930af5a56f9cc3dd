package io.github.resnetspark.storage;

import io.github.resnetspark.message.data.StorageFailures;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Finds the names that Hadoop's local file system silently omits from a listing. Hadoop asks Java for the names in a
 * directory and drops those for which a second query fails. Such a name is a broken link, or one that Java could not
 * decode, since Java uses the encoding of the locale for file names.
 */
final class LocalNames {
    /** The encoding that Java uses for file names. The property {@code file.encoding} is for contents. */
    private static final Charset ENCODING = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private LocalNames() {}

    /** @throws StorageException if this process cannot encode the path */
    static void requireExpressible(Path path) {
        if (!ENCODING.equals(StandardCharsets.UTF_8)
                && !ENCODING.newEncoder().canEncode(path.toUri().getPath())) {
            throw new StorageException(StorageFailures.unwritableName(path.toString(), host(), ENCODING.toString()));
        }
    }

    /**
     * The broken links of a directory, sorted.
     *
     * @param listed the names that Hadoop listed
     * @throws StorageException if the directory has names that this process cannot decode
     * @throws StorageException if this process may not enter the directory
     */
    static List<String> deadLinks(File directory, Collection<String> listed) {
        // A list, because different names may decode to the same string.
        List<String> missing = names(directory);
        missing.removeAll(Set.copyOf(listed));
        List<String> links = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : missing) {
            (isLink(directory, name) ? links : others).add(name);
        }
        if (!others.isEmpty()) {
            // A file that was deleted between the first two listings is not in the third one, but one with an
            // undecodable name is.
            others.retainAll(Set.copyOf(names(directory)));
            others.removeIf(name -> exists(directory, name));
        }
        if (!others.isEmpty() && !directory.canExecute()) {
            throw new StorageException(
                    StorageFailures.notEnterable(directory.toString(), System.getProperty("user.name")));
        }
        if (!others.isEmpty()) {
            throw new StorageException(undecodable(directory.toString(), others));
        }
        return links;
    }

    private static List<String> names(File directory) {
        String[] names = directory.list();
        return names == null ? new ArrayList<>() : Arrays.stream(names).sorted().collect(Collectors.toList());
    }

    private static boolean isLink(File directory, String name) {
        try {
            return Files.isSymbolicLink(new File(directory, name).toPath());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean exists(File directory, String name) {
        try {
            return Files.exists(new File(directory, name).toPath(), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String undecodable(String directory, List<String> names) {
        return ENCODING.equals(StandardCharsets.UTF_8)
                ? StorageFailures.namesNotUtf8(directory, names.size(), host(), names.get(0))
                : StorageFailures.undecodableNames(directory, names.size(), host(), ENCODING.toString(), names.get(0));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }
}
