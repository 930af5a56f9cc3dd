package io.github.resnetspark.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The scope in which process numbers are valid: one boot of one kernel, and one PID namespace on it. Host names do not
 * identify it, because containers may have the same name or none.
 */
final class Machine {
    private static final Path PROC = Path.of("/proc");
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final String HIDING = "hidepid=";
    private static final Set<String> NOTHING_HIDDEN = Set.of("hidepid=0", "hidepid=off");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    /** The index of the start time in /proc/N/stat, counted after the program's name. */
    private static final int START_TIME = 19;

    private Machine() {}

    /** An identifier of the machine and the namespace; empty if the system does not provide it. */
    static Optional<String> identity() {
        try {
            String boot = Files.readString(BOOT).strip();
            String namespace = Files.readSymbolicLink(NAMESPACE).toString();
            return Optional.of(boot + "/" + namespace.replaceAll("\\D", ""));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** When a process started, in kernel ticks, which do not change when the clock is set; empty if unknown. */
    static Optional<String> start(long process) {
        try {
            return stat(process).map(Stat::start);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the process that started at that time is still running; empty if unknown. */
    static Optional<Boolean> runs(long process, String start) {
        try {
            // Another process may have the same number by now.
            return stat(process).map(stat -> !stat.isDead() && stat.start().equals(start));
        } catch (NoSuchFileException e) {
            try {
                return hidesProcesses(Files.readString(MOUNTS)) ? Optional.empty() : Optional.of(false);
            } catch (IOException unknown) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether users see only their own processes, so that a process that is not listed may still be running.
     *
     * @param mounts the content of {@code /proc/mounts}
     */
    static boolean hidesProcesses(String mounts) {
        return mounts.lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > 3 && fields[1].equals(PROC.toString()) && fields[2].equals("proc"))
                // If several are mounted on top of each other, the last one counts.
                .reduce((below, above) -> above)
                .map(fields -> List.of(fields[3].split(",", -1)))
                .filter(options -> options.stream()
                        .anyMatch(option -> option.startsWith(HIDING) && !NOTHING_HIDDEN.contains(option)))
                .isPresent();
    }

    private static Optional<Stat> stat(long process) throws IOException {
        String text = Files.readString(PROC.resolve(Long.toString(process)).resolve("stat"));
        // The program's name is in parentheses, and may contain blanks and parentheses.
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > START_TIME ? Optional.of(new Stat(fields[0], fields[START_TIME])) : Optional.empty();
    }

    private record Stat(String state, String start) {
        /** An ended process stays listed as a zombie until its parent collects the exit status. */
        boolean isDead() {
            return state.matches("[ZXx]");
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
