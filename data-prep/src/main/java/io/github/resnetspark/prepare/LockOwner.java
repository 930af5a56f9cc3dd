package io.github.resnetspark.prepare;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who holds a lock, as its file says.
 *
 * @param host the machine's name
 * @param process its number there
 * @param processStart when the process began, which tells it from a later one of the same number
 * @param since when the lock was taken
 */
record LockOwner(String host, long process, String processStart, String since) {
    /** Of a lock's file: these four, a number of its own for each lock, and how often it was renewed. */
    private static final int FIELDS = 6;

    static LockOwner ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new LockOwner(hostName(), self.pid(), start(self), Instant.now().toString());
    }

    /** Nothing if the file is being written just now. */
    static Optional<LockOwner> parse(String text) {
        List<String> fields = List.of(text.strip().split(" "));
        return fields.size() == FIELDS && fields.get(1).matches("\\d{1,18}")
                ? Optional.of(new LockOwner(fields.get(0), Long.parseLong(fields.get(1)), fields.get(2), fields.get(3)))
                : Optional.empty();
    }

    String text() {
        return host + " " + process + " " + processStart + " " + since;
    }

    boolean isOfThisHost() {
        return host.equals(hostName());
    }

    boolean lives() {
        return ProcessHandle.of(process)
                .map(found -> start(found).equals(processStart))
                .orElse(false);
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
