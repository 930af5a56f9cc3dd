package io.github.resnetspark.job.cli.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A user whose id has no name on this machine, as is common in containers. Hadoop's login fails for such a user, and Java reports the
 * name {@code ?}.
 */
public final class NamelessUser {
    private static final String NAME = "user.name";
    private static final String HOME = "user.home";
    private static final String UNKNOWN = "?";

    private NamelessUser() {}

    /**
     * Gives such a user a name, {@code HADOOP_USER_NAME} or {@code uid-<number>}, and a home, for this process. Does nothing for other
     * users. Call it before Hadoop, Spark or a native library is used. With Kerberos, Hadoop's own login stays as it is.
     */
    public static void settle() {
        if (isUnknown(NAME)) {
            String name = Optional.ofNullable(System.getenv("HADOOP_USER_NAME"))
                    .filter(given -> !given.isBlank())
                    .orElseGet(() -> "uid-" + number());
            System.setProperty(NAME, name);
            if (!UserGroupInformation.isSecurityEnabled()) {
                UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
            }
        }
        if (isUnknown(HOME)) {
            System.setProperty(
                    HOME,
                    Optional.ofNullable(System.getenv("HOME"))
                            .filter(home -> Files.isWritable(Path.of(home)))
                            .orElseGet(() -> System.getProperty("java.io.tmpdir")));
        }
    }

    private static boolean isUnknown(String property) {
        String value = System.getProperty(property);
        return value == null || value.isBlank() || value.equals(UNKNOWN);
    }

    private static String number() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "unknown";
        }
    }
}
