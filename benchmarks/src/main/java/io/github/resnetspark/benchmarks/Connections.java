package io.github.resnetspark.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bytes each TCP connection of this machine has carried so far. The kernel counts them, and the command {@code ss} shows them.
 *
 * @param all the open connections, by their two ends, each as seen from its first end
 */
record Connections(Map<Ends, Counted> all) {
    private static final Pattern PROCESS = Pattern.compile("pid=(\\d+)");
    private static final Pattern SENT = Pattern.compile(" bytes_acked:(\\d+)");
    private static final Counted NOTHING = new Counted(0, 0);

    /** Addresses with ports. */
    record Ends(String here, String there) {
        Ends reversed() {
            return new Ends(there, here);
        }
    }

    /**
     * One end of a connection.
     *
     * @param process that has it, or 0
     * @param sent bytes that have arrived at the other end
     */
    record Counted(long process, long sent) {}

    /** The bytes that processes have sent to each other, and to all other processes. */
    record Traffic(long among, long toOthers) {}

    /**
     * Reads the counters.
     *
     * @param nodes those that processes are on
     */
    static Connections read(List<Node> nodes) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Node node : nodes) {
            Process ss = new ProcessBuilder(
                            node.on(List.of("ss", "--tcp", "--numeric", "--processes", "--info", "-OH")))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(lines::add);
            if (ss.waitFor() != 0) {
                throw new IOException("ss failed with exit code " + ss.exitValue() + ".");
            }
        }
        return parse(lines);
    }

    /** Reads the output of {@code ss}. */
    static Connections parse(List<String> lines) {
        Map<Ends, Counted> all = new HashMap<>();
        for (String line : lines) {
            // State, two queues, both ends, the process, and then what the kernel knows.
            String[] columns = line.trim().split("\\s+", 6);
            if (columns.length == 6 && columns[0].equals("ESTAB")) {
                all.put(
                        new Ends(plain(columns[3]), plain(columns[4])),
                        new Counted(number(PROCESS, line), number(SENT, line)));
            }
        }
        return new Connections(all);
    }

    /** Java writes IPv4 addresses as IPv6 addresses. */
    private static String plain(String end) {
        return end.replaceFirst("^\\[::ffff:([0-9.]+)]", "$1");
    }

    private static long number(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** What these processes have sent since an earlier moment, as far as the connections are still open. */
    Traffic since(Connections before, Set<Long> processes) {
        long among = 0;
        long toOthers = 0;
        for (Map.Entry<Ends, Counted> connection : all.entrySet()) {
            Counted now = connection.getValue();
            if (!processes.contains(now.process)) {
                continue;
            }
            Counted then = before.all.getOrDefault(connection.getKey(), NOTHING);
            long sent = now.sent - then.sent;
            long other = all.getOrDefault(connection.getKey().reversed(), NOTHING).process;
            if (!processes.contains(other)) {
                toOthers += sent;
            } else if (other != now.process) {
                among += sent;
            }
        }
        return new Traffic(among, toOthers);
    }
}
