package io.github.resnetspark.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lock, as its file says.
 *
 * @param token a word that no other lock ever has
 * @param host the machine's name, for people
 * @param machine where the process's number means something, or {@code unknown}
 * @param process its number there
 * @param processStart when it began, which tells it from a later one of the same number
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

    /** What a file says; of one that says something else it is only known whether it is the same one. */
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

    /** Whether the process runs; nothing if that cannot be seen from here. */
    Optional<Boolean> lives() {
        if (machine.equals(UNKNOWN)
                || processStart.equals(UNKNOWN)
                || !Machine.identity().equals(Optional.of(machine))) {
            return Optional.empty();
        }
        return Machine.runs(process, processStart);
    }

    String inWords() {
        return host.equals(UNKNOWN) ? "another run" : "process " + process + " on " + host + ", since " + since;
    }
}
