package io.github.resnetspark.job.cli;

import io.github.resnetspark.resnet.LayerTable;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** Shows what the network of a recipe is made of. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Show the network of a recipe layer by layer: shapes, parameters, multiply-adds, memory.",
        footer = {
            "",
            "Examples:",
            "  resnet-spark describe --conf conf/imagenet-resnet50.conf",
            "  resnet-spark describe --conf conf/cifar10-resnet20.conf --set model.depth=110 --json"
        })
final class DescribeCommand extends ReportingCommand {
    @Override
    Outcome run() {
        LayerTable table = LayerTable.of(recipes().load().model());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("name", table.name());
        report.put("parameters", table.parameters());
        report.put("multiplyAdds", table.multiplyAdds());
        report.put("activationBytes", table.activationBytes());
        report.put("layers", table.layers());
        return Outcome.done(report, LayerTableText.of(table));
    }
}
