package io.github.resnetspark.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where process numbers mean something: one boot of one kernel, and one namespace of process numbers on it. Names do not tell;
 * containers may have the same one, or none.
 */
final class Machine {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    /** In /proc/N/stat, of what follows the program's name. */
    private static final int START_TIME = 19;

    private Machine() {}

    /** One word for the machine and the namespace; nothing where the system does not say. */
    static Optional<String> identity() {
        try {
            String boot = Files.readString(BOOT).strip();
            String namespace = Files.readSymbolicLink(NAMESPACE).toString();
            return Optional.of(boot + "/" + namespace.replaceAll("\\D", ""));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** When a process began, in the kernel's ticks, which no clock that is set changes; nothing if it is no more. */
    static Optional<String> start(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
            // The program's name is in brackets, and may hold blanks and brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields.length > START_TIME ? Optional.of(fields[START_TIME]) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** For messages only. */
    static String name() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("\\s", "");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
