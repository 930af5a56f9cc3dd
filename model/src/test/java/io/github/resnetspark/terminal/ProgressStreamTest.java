package io.github.resnetspark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressStreamTest {
    private static final int WIDTH = 20;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final AtomicInteger width = new AtomicInteger(WIDTH);
    private final AtomicLong clock = new AtomicLong();
    private final ProgressStream stream =
            ProgressStream.on(terminal, () -> OptionalInt.of(width.get()), clock::incrementAndGet);

    @Test
    void theLineStaysBelowWhatIsLogged() {
        stream.show("10 %");
        stream.println("a warning");
        stream.show("20 %");
        stream.println("another");

        assertThat(screen()).containsExactly("a warning", "another", "20 %");
    }

    @Test
    void clearingLeavesOnlyTheLog() {
        stream.println("begins");
        stream.show("10 %");
        stream.clear();
        stream.println("ends");

        assertThat(screen()).containsExactly("begins", "ends", "");
    }

    @Test
    void aTextThatIsNotYetALineIsNotOverwritten() {
        stream.print("half");
        stream.show("10 %");
        stream.println(" and half");

        assertThat(screen()).containsExactly("half and half", "10 %");
    }

    @Test
    void theLineNeverWrapsAndFollowsTheTerminalsWidth() {
        stream.show("x".repeat(100));
        assertThat(screen()).containsExactly("x".repeat(WIDTH - 1));

        width.set(40);
        clock.addAndGet(2_000_000_000L);
        stream.show("é".repeat(100));
        assertThat(screen()).containsExactly("é".repeat(39));
    }

    @Test
    void linesOfSeveralThreadsNeverMixWithIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread-" + thread;
            done.add(threads.submit(() -> {
                for (int line = 0; line < 200; line++) {
                    stream.println(name);
                    stream.show(line + " %");
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();

        List<String> lines = screen();
        assertThat(lines).hasSize(801);
        assertThat(lines.subList(0, 800)).allMatch(line -> line.matches("thread-[0-3]"));
    }

    @Test
    void withoutALineEverythingIsWrittenAsItIs() {
        stream.print("plain\ntext");

        assertThat(terminal.toString(StandardCharsets.UTF_8)).isEqualTo("plain\ntext");
    }

    @Test
    void coloursCanBeForbidden() {
        assertThat(Terminal.hasColours(Map.of())).isTrue();
        assertThat(Terminal.hasColours(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.hasColours(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.isStandardError(Map.of("TERM", "dumb"))).isFalse();
    }

    /** What a terminal shows: a carriage return and an erase sequence start the line again. */
    private List<String> screen() {
        List<String> lines = new ArrayList<>();
        for (String line : terminal.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            int erased = line.lastIndexOf("\r\u001b[K");
            lines.add(erased < 0 ? line : line.substring(erased + 4));
        }
        return lines;
    }
}
