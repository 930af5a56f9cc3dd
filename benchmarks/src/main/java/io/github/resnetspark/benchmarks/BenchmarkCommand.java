package io.github.resnetspark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Option;

/** Measures something, and prints it as a table or, with {@code --json}, as one object. */
abstract class BenchmarkCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final ObjectNode report = new ObjectMapper().createObjectNode();
    private final StringBuilder table = new StringBuilder();

    @Override
    public final Integer call() throws Exception {
        measure();
        System.out.print(json ? report + System.lineSeparator() : table);
        return 0;
    }

    /** Measures, and fills the {@link #report} and the {@link #table}. */
    abstract void measure() throws Exception;

    /** The object that is printed. */
    final ObjectNode report() {
        return report;
    }

    /** Adds the seconds of each phase of a round to the table, and to a row of the report. */
    final void phases(ObjectNode row, ToDoubleFunction<String> seconds) {
        for (String phase : TrainedRounds.PHASES) {
            double value = seconds.applyAsDouble(phase);
            row.put(phase + "Seconds", value);
            table(" %s %.3f", phase, value);
        }
    }

    /** Adds to the table. */
    final void table(String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values));
    }
}
