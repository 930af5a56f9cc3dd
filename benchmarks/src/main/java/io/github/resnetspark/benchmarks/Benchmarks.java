package io.github.resnetspark.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main class behind {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measure the speed of this project, each figure together with its baseline in the same run.",
        subcommands = {
            KernelsCommand.class,
            RoundCostCommand.class,
            ScalingCommand.class,
            NetworkCommand.class,
            GoodputCommand.class,
            BalanceCommand.class,
            InputCommand.class,
            PredictCommand.class,
            PrepareCommand.class
        })
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs one benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
