package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.ShardsOption;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandNotices;
import io.github.resnetspark.verify.VerifyJob;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks shards against their manifest. */
@Command(
        name = "verify",
        description = {"Check all shards against their manifest.", "", "Reads every shard again. Changes nothing."},
        exitCodeList = {
            "0:All shards are as the manifest says.",
            "1:A shard is missing, damaged or different, or the command failed.",
            "2:Wrong usage or configuration. Nothing was started."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark verify --shards file:/data/shards",
            "  resnet-spark verify --shards hdfs://namenode:8020/shards/imagenet --sample --json"
        })
final class VerifyCommand extends ReportingCommand {
    @Mixin
    private ShardsOption shards;

    @Option(
            names = "--sample",
            description = "Decode only one picture in sixteen, and do not compute the mean and std again.")
    private boolean sample;

    @Override
    protected Outcome run() throws IOException {
        Recipe recipe = shards.load(recipes());
        URI directory = recipe.shards().orElseThrow();
        try (JavaSparkContext spark = spark().open("verify", 1)) {
            VerifyJob.VerifyReport report =
                    new VerifyJob(spark).run(directory, sample ? Decoding.SAMPLE : Decoding.ALL);
            return outcome(report, directory);
        }
    }

    private static Outcome outcome(VerifyJob.VerifyReport report, URI directory) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", report.ok());
        json.put("examples", report.examples());
        json.put("decoded", report.decoded());
        json.put("shards", report.shards());
        json.put("problems", report.problems());
        String counts = String.format(
                Locale.ROOT,
                "%,d pictures in %d shards read, %,d decoded",
                report.examples(),
                report.shards(),
                report.decoded());
        if (report.ok()) {
            return Outcome.done(json, directory + ": " + counts + ". Everything is as the manifest says.");
        }
        return new Outcome(
                ExitStatus.FAILED,
                json,
                directory + ": " + counts + ". Problems:\n" + String.join("\n", report.problems()) + "\n"
                        + CommandNotices.prepareAgain());
    }
}
