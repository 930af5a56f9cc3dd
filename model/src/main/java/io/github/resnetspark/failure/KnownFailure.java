package io.github.resnetspark.failure;

import io.github.resnetspark.message.model.MachineFailures;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Failures of the machines that a run is on, not of the run itself: memory, disks, native libraries, permissions. They come as
 * exceptions or errors of many libraries, and from Spark's tasks often as text only. So this class and {@code ExecutorLoss} search
 * messages. Exceptions of this project are recognised by their type.
 */
public final class KnownFailure {
    private static final int LONGEST_LINE = 2000;
    /**
     * In the order in which they are tried. A message quotes what the pattern's group matched, or all that the pattern matched.
     */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "(?:[^\\n]*(?:Exception|Error): )?([^\\n]* cannot be written|Cannot write [^\\n]*)"
                            + " \\((?:No space left on device|Disk quota exceeded)\\)",
                    MachineFailures::diskFull),
            new Rule("[^\\n]*\\b(?:No space left on device|Disk quota exceeded)", MachineFailures::diskFull),
            new Rule("(?:DS|NS)QuotaExceededException: ([^\\n]*)", MachineFailures::quotaUsedUp),
            new Rule("could only be (?:written|replicated) to 0 [^\\n]*", MachineFailures::noDataNode),
            new Rule(
                    "OutOfMemoryError: [^\\n]*(?:Physical memory usage is too high|Failed to allocate memory)[^\\n]*"
                            + "|OutOfMemoryError: Cannot allocate[^\\n]*",
                    MachineFailures::offHeapUsedUp),
            new Rule("OutOfMemoryError: (Cannot reserve [^\\n]*)", MachineFailures::directBuffersUsedUp),
            new Rule("Container killed by YARN for exceeding[^\\n]*|OOMKilled", MachineFailures::containerMemory),
            new Rule("[Ee]xit(?:ed with)?(?: status:?| code:?) 137", MachineFailures::executorKilled),
            new Rule("OutOfMemoryError: (unable to create (?:new )?native thread)", MachineFailures::noMoreThreads),
            new Rule("OutOfMemoryError: (Metaspace|Compressed class space)", MachineFailures::classMemoryUsedUp),
            new Rule("OutOfMemoryError(?:: ([^\\n]*))?|exited with code 52", MachineFailures::heapTooSmall),
            new Rule(
                    "[^\\n]*(?:SnappyError|(?:UnsatisfiedLinkError|Could not initialize class)[^\\n]*snappy)[^\\n]*",
                    MachineFailures::snappyNotLoaded),
            new Rule(
                    "[^\\n]*(?:(?:UnsatisfiedLinkError|Could not initialize class|NoClassDefFoundError)[^\\n]*"
                            + "(?:nd4j|javacpp|bytedeco|opencv|jnind4j)|NoAvailableBackendException)[^\\n]*",
                    MachineFailures::nativeMathNotLoaded),
            new Rule("UnsatisfiedLinkError[^\\n]*", MachineFailures::libraryNotLoaded),
            new Rule("invalid null input: name", MachineFailures::namelessUser),
            new Rule(
                    "(?:Client cannot authenticate via|SIMPLE authentication is not enabled|GSS initiate failed"
                            + "|No valid credentials provided)[^\\n]*",
                    MachineFailures::noKerberosTicket),
            // The rest of the line names the keytab.
            new Rule("KerberosAuthException: (failure to login)", MachineFailures::noKerberosTicket),
            new Rule("[^\\n]*DELEGATION_TOKEN[^\\n]*(can't be found in cache|is expired)", MachineFailures::tokenEnded),
            new Rule("(?:AccessDeniedException|AccessControlException): ([^\\n]*)", MachineFailures::accessDenied));

    private KnownFailure() {}

    /**
     * One known failure.
     *
     * @param message makes the message of what the library said
     */
    private record Rule(Pattern pattern, UnaryOperator<String> message) {
        Rule(String pattern, UnaryOperator<String> message) {
            this(Pattern.compile(pattern), message);
        }
    }

    /** What is wrong and what to do about it; empty if the failure is unknown. */
    public static Optional<String> explain(Throwable thrown) {
        String text = text(thrown);
        for (Rule rule : RULES) {
            Matcher found = rule.pattern().matcher(text);
            if (found.find()) {
                boolean named = found.groupCount() > 0 && found.group(1) != null;
                String what = (named ? found.group(1) : found.group()).strip();
                return Optional.of(rule.message().apply(what));
            }
        }
        return Optional.empty();
    }

    /** The rules take time quadratic in the length of a line. */
    private static String shortened(String message) {
        return message.lines()
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
                .collect(Collectors.joining("\n"));
    }

    /** The messages of all causes, one per line after its type. The innermost comes first because it says most. */
    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause()) {
            String name = cause.getClass().getSimpleName();
            String message = cause.getMessage();
            text.insert(0, name + (message == null ? "" : ": " + shortened(message)) + "\n");
            depth++;
        }
        return text.toString();
    }
}
