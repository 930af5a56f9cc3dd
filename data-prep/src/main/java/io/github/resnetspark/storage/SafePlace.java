package io.github.resnetspark.storage;

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
 * Where locks, checkpoints and registries may lie: on file systems that create and rename a file or a directory in one step.
 * Object stores copy and delete instead, so that two may hold one lock there, and readers may see half a directory.
 */
public final class SafePlace {
    private static final Set<String> OBJECT_STORES =
            Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs", "abfs", "abfss");

    private SafePlace() {}

    /** Whether files of a scheme, such as {@code s3a}, lie in an object store. */
    static boolean isObjectStore(String scheme) {
        return OBJECT_STORES.contains(scheme.toLowerCase(Locale.ROOT));
    }

    /**
     * Why a place cannot be used, with the remedy; nothing if it can, or if it names no scheme. The rest of the place may hold
     * a password, and is not told.
     *
     * @param what names it, such as {@code model.dir}
     * @param remedy a sentence that says what to name instead
     */
    public static Optional<String> refusal(String what, URI place, String remedy) {
        String scheme = place.getScheme();
        return scheme == null || !isObjectStore(scheme)
                ? Optional.empty()
                : Optional.of(what + " is in an object store (" + scheme + ":), where neither locks nor renames hold. "
                        + remedy);
    }

    /**
     * Looks at where a lock is to be, perhaps on the default file system.
     *
     * @throws RecipeException if it is in an object store
     */
    static void require(Path lock, Configuration configuration) {
        URI place = lock.toUri().getScheme() == null ? FileSystem.getDefaultUri(configuration) : lock.toUri();
        refusal("The lock " + Path.getPathWithoutSchemeAndAuthority(lock), place, "Name a place on hdfs: or file:.")
                .ifPresent(problem -> {
                    throw new RecipeException(List.of(problem));
                });
    }
}
