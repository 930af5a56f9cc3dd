package io.github.resnetspark.storage;

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
 * Finds what Hadoop's local file system leaves out of a listing without a word: it asks Java for the names in a directory, asks
 * again for each of them, and drops those that are not found then. Such a name is a link that leads nowhere, or one
 * that Java could not decode: it reads and writes names in the locale's encoding.
 */
final class LocalNames {
    /** What Java itself uses; the property {@code file.encoding} is about contents. */
    private static final Charset ENCODING = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private LocalNames() {}

    /** @throws StorageException if the path has letters that this process cannot write */
    static void requireExpressible(Path path) {
        if (!ENCODING.equals(StandardCharsets.UTF_8)
                && !ENCODING.newEncoder().canEncode(path.toUri().getPath())) {
            throw new StorageException(path + " cannot be reached on " + host() + ", where Java writes file names as "
                    + ENCODING + "." + remedy());
        }
    }

    /**
     * The links of a directory that lead nowhere, sorted.
     *
     * @param listed the names that Hadoop told
     * @throws StorageException if the directory has names that this process cannot read
     * @throws StorageException if it may not look at what is in the directory
     */
    static List<String> deadLinks(File directory, Collection<String> listed) {
        // A list, since different names may be decoded to the same letters.
        List<String> missing = names(directory);
        missing.removeAll(Set.copyOf(listed));
        List<String> links = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String name : missing) {
            (isLink(directory, name) ? links : others).add(name);
        }
        if (!others.isEmpty()) {
            // A file that was removed between two looks is no longer there in the third, one with a strange name is.
            others.retainAll(Set.copyOf(names(directory)));
            others.removeIf(name -> exists(directory, name));
        }
        if (!others.isEmpty() && !directory.canExecute()) {
            throw new StorageException(directory + " may be listed but not entered. Give "
                    + System.getProperty("user.name") + " the permission to (chmod +x).");
        }
        if (!others.isEmpty()) {
            throw new StorageException(directory + " has " + others.size() + (others.size() == 1 ? " name" : " names")
                    + " that Java cannot read as " + ENCODING + " on " + host() + ", such as «" + others.get(0) + "»."
                    + remedy());
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

    private static String remedy() {
        return ENCODING.equals(StandardCharsets.UTF_8)
                ? " Rename them in UTF-8, e.g. with convmv."
                : " Run with LC_ALL=C.UTF-8, on every machine (spark.executorEnv.LC_ALL=C.UTF-8).";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }
}
