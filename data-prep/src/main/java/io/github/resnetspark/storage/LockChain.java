package io.github.resnetspark.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The files of a lock. The first owner creates the lock file itself. A process that takes over from a dead owner adds a
 * file with that owner's token in its name, so that only one process can succeed. The last owner holds the lock.
 *
 * @param links oldest first; empty if nobody holds the lock
 */
record LockChain(List<Link> links) {

    /**
     * One owner.
     *
     * @param file the file that names the owner
     * @param owner the owner that the file names
     */
    record Link(Path file, LockOwner owner) {}

    static LockChain read(Storage storage, Path root) throws IOException {
        List<Link> links = new ArrayList<>();
        Path next = root;
        Optional<LockOwner> owner = owner(storage, next);
        while (owner.isPresent()) {
            links.add(new Link(next, owner.get()));
            next = after(root, owner.get());
            owner = owner(storage, next);
        }
        return new LockChain(List.copyOf(links));
    }

    Optional<Link> last() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.get(links.size() - 1));
    }

    /** The file that the next owner must create. */
    Path vacant(Path root) {
        return last().map(link -> after(root, link.owner())).orElse(root);
    }

    LockChain with(Link link) {
        List<Link> longer = new ArrayList<>(links);
        longer.add(link);
        return new LockChain(List.copyOf(longer));
    }

    private static Path after(Path root, LockOwner owner) {
        return root.suffix("-after-" + owner.token());
    }

    private static Optional<LockOwner> owner(Storage storage, Path file) throws IOException {
        try {
            return Optional.of(LockOwner.parse(new String(storage.read(file), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
