package io.github.resnetspark.source;

import io.github.resnetspark.source.PassedOver.Kind;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Finds the pictures below a folder, at any depth, each once. Symbolic links are followed last, so that a file that can
 * be reached in two ways keeps its path without links. Hard links count as separate files.
 */
public final class PictureWalk {
    /** Only the bytes tell whether a file is a picture. The name tells that somebody meant it to be one. */
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp", "heic", "heif", "avif");

    /**
     * Names, in lower case, of files and folders that systems and programs create next to pictures. They are skipped
     * silently.
     */
    private static final Set<String> SYSTEM_FILES = Set.of(
            ".ds_store",
            "thumbs.db",
            "desktop.ini",
            "__macosx",
            "@eadir",
            ".ipynb_checkpoints",
            "_success",
            "_temporary");

    private static final String APPLE_DOUBLE = "._";

    private final Storage storage;
    private final List<Picture> pictures = new ArrayList<>();
    private final SortedSet<String> folders = new TreeSet<>();
    private final PassedOver.Counter passedOver = new PassedOver.Counter();
    private final Set<java.nio.file.Path> seenFolders = new HashSet<>();
    private final Set<java.nio.file.Path> linkedFiles = new HashSet<>();
    private final Deque<Link> links = new ArrayDeque<>();
    private Optional<java.nio.file.Path> top = Optional.empty();

    /**
     * A file whose name says that it is a picture.
     *
     * @param path relative to the folder, such as {@code cat/1.jpg}
     * @param bytes its length
     * @param modified modification time, in milliseconds since 1970
     */
    public record Picture(String path, long bytes, long modified) {}

    /**
     * The result of a walk.
     *
     * @param pictures sorted, folder by folder
     * @param folders the names of the direct subfolders, including empty ones
     * @param passedOver everything that was skipped
     */
    public record Found(List<Picture> pictures, SortedSet<String> folders, PassedOver passedOver) {}

    /** A symbolic link. {@code place} is its own location, with all links above it resolved. */
    private record Link(FileStatus status, String path, java.nio.file.Path place) {}

    private PictureWalk(Storage storage) {
        this.storage = storage;
    }

    /** The pictures below a folder. There are none if the folder does not exist. */
    public static Found below(Path folder, Storage storage) throws IOException {
        PictureWalk walk = new PictureWalk(storage);
        if (storage.exists(folder)) {
            Optional<java.nio.file.Path> place = storage.realPath(folder);
            walk.top = place;
            place.ifPresent(walk.seenFolders::add);
            walk.enter(folder, "", place);
            if (!walk.links.isEmpty()) {
                walk.follow();
                // Sorts a folder before names that only start with its name, which is the order of the walk.
                walk.pictures.sort(
                        Comparator.comparing(picture -> picture.path().replace('/', '\0')));
            }
        }
        return new Found(walk.pictures, walk.folders, walk.passedOver.total());
    }

    /**
     * Whether systems or programs create files or folders of this name next to pictures, so that it can be skipped
     * silently.
     */
    public static boolean isSystemFile(String name) {
        return name.startsWith(APPLE_DOUBLE) || SYSTEM_FILES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @param place of the folder with all links resolved; only for local disks */
    private void enter(Path folder, String prefix, Optional<java.nio.file.Path> place) throws IOException {
        Storage.Listing listing = storage.listing(folder);
        passedOver.add(
                Kind.DEAD_LINKS,
                listing.deadLinks().stream().filter(name -> !isSystemFile(name)).count());
        for (FileStatus found : listing.found()) {
            String name = found.getPath().getName();
            if (isSystemFile(name)) {
                continue;
            }
            if (name.startsWith(".")) {
                passedOver.add(found.isDirectory() ? Kind.HIDDEN_FOLDERS : Kind.HIDDEN_FILES, 1);
                continue;
            }
            Optional<java.nio.file.Path> here = place.map(above -> above.resolve(name));
            if (here.isPresent() && Files.isSymbolicLink(here.get())) {
                links.add(new Link(found, prefix + name, here.get()));
            } else if (found.isDirectory()) {
                enterFolder(found, prefix + name, here);
            } else {
                takeFile(found, prefix + name);
            }
        }
    }

    private void follow() throws IOException {
        while (!links.isEmpty()) {
            Link link = links.remove();
            java.nio.file.Path real = link.place().toRealPath();
            if (isRead(link, real)) {
                passedOver.add(Kind.REPEATED, 1);
            } else if (link.status().isDirectory()) {
                enterFolder(link.status(), link.path(), Optional.of(real));
            } else {
                takeFile(link.status(), link.path());
            }
        }
    }

    /** Whether the target was already read directly or through another link, or contains the link itself. */
    private boolean isRead(Link link, java.nio.file.Path real) {
        if (link.status().isDirectory()) {
            boolean holdsTop = top.isPresent() && top.get().startsWith(real);
            return holdsTop || link.place().startsWith(real) || seenFolders.contains(real);
        }
        boolean beside = seenFolders.contains(real.getParent())
                && isPicture(real.getFileName().toString());
        return beside || !linkedFiles.add(real);
    }

    private void enterFolder(FileStatus folder, String path, Optional<java.nio.file.Path> real) throws IOException {
        if (real.isPresent() && !seenFolders.add(real.get())) {
            // A linked folder contains a folder that another link already led to.
            passedOver.add(Kind.REPEATED, 1);
            return;
        }
        if (path.indexOf('/') < 0) {
            folders.add(path);
        }
        enter(folder.getPath(), path + "/", real);
    }

    private void takeFile(FileStatus file, String path) {
        String name = file.getPath().getName();
        if (isPicture(name)) {
            pictures.add(new Picture(path, file.getLen(), file.getModificationTime()));
        } else {
            passedOver.addNotPicture(extension(name));
        }
    }

    /** Whether the name of a file says that it is a picture. */
    public static boolean isPicture(String name) {
        return !name.startsWith(".") && EXTENSIONS.contains(extension(name));
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
