package io.github.resnetspark.shard;

import io.github.resnetspark.message.data.ManifestFailures;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.storage.Storage.NoFileSystemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** The layout of a directory of shards: file names, and how finished files are published. */
public final class ShardDirectory {
    /** The manifest's file name. It is written last, so a directory that has it is complete. */
    public static final String MANIFEST = "manifest.json";

    /** The file name of the page for people. No program reads it. */
    public static final String PAGE = "report.html";

    private static final String STAGING = "_staging-";
    private static final int STAGING_DIGITS = 16;
    private static final Pattern TEMPORARY = Pattern.compile("_(.+)\\.\\d+\\.tmp");

    private final Path path;
    private final Storage storage;

    /**
     * @param path any Hadoop path; it need not exist
     * @param configuration the Hadoop configuration
     */
    public ShardDirectory(Path path, Configuration configuration) {
        this.path = path;
        this.storage = Storage.of(configuration);
    }

    /** The same directory, its path with scheme and authority, for messages. */
    public ShardDirectory qualified() throws IOException {
        return new ShardDirectory(storage.qualified(path), storage.configuration());
    }

    public Path path() {
        return path;
    }

    public Storage storage() {
        return storage;
    }

    /** The path of a file in this directory. */
    public Path file(String name) {
        return new Path(path, name);
    }

    /** The directory for files that the preparation with that fingerprint unpacks. It is deleted when the job ends. */
    public Path staging(String fingerprint) {
        return file(STAGING + fingerprint.substring(0, STAGING_DIGITS));
    }

    /** Whether a preparation was completed here. */
    public boolean hasManifest() throws IOException {
        return storage.exists(file(MANIFEST));
    }

    /**
     * Reads the manifest.
     *
     * @throws ShardException if there is none, if access is denied, if it is not usable, or if there is no file
     *     system for its scheme
     * @throws ShardsUnavailableException if it cannot be read at the moment
     */
    public Manifest readManifest() {
        Path file = file(MANIFEST);
        try {
            return Manifest.fromJson(new String(storage.read(file), StandardCharsets.UTF_8), file.toString());
        } catch (FileNotFoundException e) {
            throw new ShardException(ManifestFailures.missing(path.toString(), MANIFEST), e);
        } catch (NoFileSystemException e) {
            throw new ShardException(e.getMessage(), e);
        } catch (AccessControlException | AccessDeniedException e) {
            throw new ShardException(ManifestFailures.accessDenied(file.toString(), String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw ShardsUnavailableException.reading(file, e);
        }
    }

    /** Writes the manifest. Must be called last. */
    public void writeManifest(Manifest manifest) throws IOException {
        write(MANIFEST, manifest.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the page for people, in place of an older one. */
    public void writePage(byte[] document) throws IOException {
        write(PAGE, document);
    }

    /** Whether the page for people is here. */
    public boolean hasPage() throws IOException {
        return storage.exists(file(PAGE));
    }

    private void write(String name, byte[] content) throws IOException {
        Path temporary = temporary(name, 0);
        try (OutputStream out = storage.create(temporary)) {
            out.write(content);
        }
        publish(temporary, name);
    }

    /** The shards in this directory, regardless of the manifest: name to length in bytes. */
    public SortedMap<String, Long> shards() throws IOException {
        TreeMap<String, Long> found = new TreeMap<>();
        for (FileStatus status : storage.list(path)) {
            String name = status.getPath().getName();
            if (status.isFile() && Split.ofShardName(name).isPresent()) {
                found.put(name, status.getLen());
            }
        }
        return found;
    }

    /** The names of everything here that is neither hidden nor part of a data set. */
    public List<String> foreignFiles() throws IOException {
        return storage.list(path).stream()
                .map(status -> status.getPath().getName())
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .filter(name -> !name.equals(MANIFEST)
                        && !name.equals(PAGE)
                        && Split.ofShardName(name).isEmpty())
                .toList();
    }

    /**
     * Deletes the incomplete files of killed jobs and the files that the preparation with that fingerprint unpacked,
     * and nothing else.
     */
    public void removeLeftovers(String fingerprint) throws IOException {
        storage.delete(staging(fingerprint));
        for (FileStatus status : storage.list(path)) {
            if (status.isFile() && isTemporary(status.getPath().getName())) {
                storage.delete(status.getPath());
            }
        }
    }

    private static boolean isTemporary(String name) {
        Matcher temporary = TEMPORARY.matcher(name);
        return temporary.matches()
                && (temporary.group(1).equals(MANIFEST)
                        || temporary.group(1).equals(PAGE)
                        || Split.ofShardName(temporary.group(1)).isPresent());
    }

    Path temporary(String name, long attempt) {
        return file("_" + name + "." + attempt + ".tmp");
    }

    void publish(Path temporary, String name) throws IOException {
        storage.rename(temporary, file(name));
    }
}
