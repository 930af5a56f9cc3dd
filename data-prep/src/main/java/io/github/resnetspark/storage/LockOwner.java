package io.github.resnetspark.storage;

import io.github.resnetspark.message.data.StorageReasons;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The owner of a lock, as stored in its file.
 *
 * @param token a unique identifier
 * @param host the host name, only for messages
 * @param machine the machine and namespace in which the process number is valid, or {@code unknown}
 * @param process the process number
 * @param processStart when the process started, to distinguish it from a later process with the same number
 * @param since when the lock was taken
 */
record LockOwner(String token, String host, String machine, long process, String processStart, String since) {
    private static final String UNKNOWN = "unknown";
    private static final int FIELDS = 6;

    /** A new owner: this process, from now on. */
    static LockOwner ofThisProcess() {
        long self = ProcessHandle.current().pid();
        return new LockOwner(
                UUID.randomUUID().toString(),
                Machine.name(),
                Machine.identity().orElse(UNKNOWN),
                self,
                Machine.start(self).orElse(UNKNOWN),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /**
     * Parses the content of a file. If it has another format, the owner is unknown, but equal contents give equal
     * owners.
     */
    static LockOwner parse(String text) {
        List<String> fields = List.of(text.strip().split(" ", -1));
        return fields.size() == FIELDS
                        && fields.get(0).matches("[0-9a-f-]{36}")
                        && fields.get(3).matches("\\d{1,18}")
                ? new LockOwner(
                        fields.get(0),
                        fields.get(1),
                        fields.get(2),
                        Long.parseLong(fields.get(3)),
                        fields.get(4),
                        fields.get(5))
                : new LockOwner(Integer.toHexString(text.hashCode()), UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN);
    }

    String text() {
        return String.join(" ", token, host, machine, Long.toString(process), processStart, since) + "\n";
    }

    /** Whether the process is running; empty if this machine cannot tell. */
    Optional<Boolean> isAlive() {
        if (machine.equals(UNKNOWN)
                || processStart.equals(UNKNOWN)
                || !Machine.identity().equals(Optional.of(machine))) {
            return Optional.empty();
        }
        return Machine.runs(process, processStart);
    }

    String inWords() {
        return host.equals(UNKNOWN)
                ? StorageReasons.unknownLockOwner()
                : StorageReasons.lockOwner(process, host, since);
    }
}
