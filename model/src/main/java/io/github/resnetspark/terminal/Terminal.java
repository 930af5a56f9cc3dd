package io.github.resnetspark.terminal;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * What standard error is connected to. Java cannot tell: its console is one only if standard input and output are too. So
 * this asks {@code test} and {@code stty}, which every Linux has; without them there is no terminal.
 */
public final class Terminal {
    private static final int ANSWERS_WITHIN_SECONDS = 2;
    private static final int LEAST_WIDTH = 20;

    private Terminal() {}

    /** Whether standard error is a terminal that can move its cursor. */
    public static boolean isStandardError(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        return !kind.equals("dumb")
                && answers(new ProcessBuilder("test", "-t", "2").redirectError(Redirect.INHERIT)) != null;
    }

    /** Whether colours are wanted, by the convention that {@code NO_COLOR} with any value forbids them. */
    public static boolean hasColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Columns of the terminal at present; empty if it does not say. */
    public static OptionalInt width() {
        String size = answers(new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")));
        String[] rowsAndColumns = size == null ? new String[0] : size.trim().split(" ");
        if (rowsAndColumns.length != 2 || !rowsAndColumns[1].matches("[0-9]{2,5}")) {
            return OptionalInt.empty();
        }
        int columns = Integer.parseInt(rowsAndColumns[1]);
        return columns < LEAST_WIDTH ? OptionalInt.empty() : OptionalInt.of(columns);
    }

    /** What a command prints; null if it fails. */
    private static String answers(ProcessBuilder command) {
        try {
            Process process = command.start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? answer
                    : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
