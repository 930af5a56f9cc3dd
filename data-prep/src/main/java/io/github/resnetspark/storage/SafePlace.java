package io.github.resnetspark.storage;

import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.recipe.RecipeException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Checks locations of locks, checkpoints and registries. They need a file system that creates and renames files and
 * directories atomically. Object stores copy and delete instead, so two processes could hold the same lock and readers
 * could see an incomplete directory.
 */
public final class SafePlace {
    private static final Set<String> OBJECT_STORES =
            Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs", "abfs", "abfss");

    private SafePlace() {}

    /** Whether a URI scheme, such as {@code s3a}, is that of an object store. */
    static boolean isObjectStore(String scheme) {
        return OBJECT_STORES.contains(scheme.toLowerCase(Locale.ROOT));
    }

    /**
     * Why a location cannot be used; empty if it can, or if it has no scheme. The message contains only the scheme,
     * because the rest may contain a password.
     *
     * @param what the setting or lock it belongs to, such as {@code model.dir}
     */
    public static Optional<String> refusal(String what, URI place) {
        String scheme = place.getScheme();
        return scheme == null || !isObjectStore(scheme)
                ? Optional.empty()
                : Optional.of(StorageFailures.objectStore(what, scheme));
    }

    /**
     * Checks the location of a lock, which may be on the default file system.
     *
     * @throws RecipeException if it is in an object store
     */
    static void require(Path lock, Configuration configuration) {
        URI place = lock.toUri().getScheme() == null ? FileSystem.getDefaultUri(configuration) : lock.toUri();
        refusal("The lock " + Path.getPathWithoutSchemeAndAuthority(lock), place)
                .ifPresent(problem -> {
                    throw new RecipeException(List.of(problem));
                });
    }
}
