package io.github.resnetspark.job.cli;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.job.cli.frame.Outcome;
import io.github.resnetspark.job.cli.frame.ReportingCommand;
import io.github.resnetspark.job.cli.frame.SparkStart;
import io.github.resnetspark.job.registry.ModelDirectory;
import io.github.resnetspark.job.registry.ModelExport;
import io.github.resnetspark.job.registry.TritonPlace;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.message.job.CommandReasons;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Writes a copy of a model. */
@Command(
        name = "export",
        description = {
            "Write a copy of a model, as a model directory or for Triton Inference Server.",
            "",
            "The copy has all files that this release writes. Its model.onnx is verified against the network"
                    + " in ONNX Runtime first."
        },
        footer = {
            "",
            "Examples:",
            "  resnet-spark export --model file:/models/cifar10-resnet20 --to file:/served/cifar10-resnet20",
            "  resnet-spark export --model hdfs://namenode:8020/models/r50 --to file:/triton/repository \\",
            "      --layout triton --name resnet50 --input pictures --fold-bn"
        })
final class ExportCommand extends ReportingCommand {
    private static final int FIRST_VERSION = 1;

    @Option(names = "--model", paramLabel = "URI", required = true, description = "Model directory.")
    private URI model;

    @Option(
            names = "--to",
            paramLabel = "URI",
            required = true,
            description = "Model directory to write. With --layout triton, the model repository to which"
                    + " NAME/VERSION/model.onnx, NAME/config.pbtxt and NAME/labels.txt are written.")
    private URI to;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            defaultValue = "bundle",
            converter = LayoutConverter.class,
            description = "Layout of the files: bundle or triton. Default: ${DEFAULT-VALUE}.")
    private Layout layout;

    @Option(
            names = "--input",
            paramLabel = "FORM",
            defaultValue = "normalized",
            converter = InputConverter.class,
            description =
                    "Input of model.onnx: normalized (float32 [N, 3, S, S]), or pictures (uint8 [N, S, S, 3], RGB,"
                            + " cropped to the network's input size). Default: ${DEFAULT-VALUE}.")
    private InputForm input;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "probabilities",
            converter = OutputConverter.class,
            description = "Output of model.onnx: probabilities or logits. Default: ${DEFAULT-VALUE}.")
    private OutputForm output;

    @Option(names = "--fold-bn", description = "Fold batch normalisation into the convolutions of model.onnx.")
    private boolean foldBatchNorm;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "With --layout triton: name of the model on the server. Default: the last part of --model,"
                    + " unless that is CURRENT or a number.")
    private String name;

    @Option(
            names = "--model-version",
            paramLabel = "N",
            description = "With --layout triton: version number. It may be added to versions that have the same"
                    + " configuration and labels. Default: 1.")
    private Integer version;

    /** How the files are arranged. */
    enum Layout {
        BUNDLE,
        TRITON
    }

    @Override
    protected Outcome run() throws IOException {
        Configuration configuration = SparkStart.hadoopConfiguration();
        String server = Optional.ofNullable(name).orElse(new Path(model).getName());
        int number = Optional.ofNullable(version).orElse(FIRST_VERSION);
        ModelDirectory directory = new ModelDirectory(to, configuration);
        refuse(layout == Layout.TRITON ? tritonProblems(server, number, configuration) : bundleProblems(directory));
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Bundle bundle = Bundle.open(new ModelDirectory(model, configuration).local(scratch.path()));
            ModelExport export =
                    new ModelExport(bundle, input, output, foldBatchNorm ? BatchNormForm.FOLDED : BatchNormForm.KEPT);
            switch (layout) {
                case BUNDLE -> export.asModelDirectory(directory);
                case TRITON -> export.asTritonModel(served(server, configuration), server, number);
            }
            String place =
                    layout == Layout.TRITON ? served(server, configuration).toString() : directory.toString();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("model", place);
            json.put("name", bundle.spec().displayName());
            json.put("layout", ChoiceNames.of(layout));
            return Outcome.done(json, bundle.spec().displayName() + ": " + place);
        }
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }

    private List<String> tritonProblems(String server, int number, Configuration configuration) throws IOException {
        // In a registry, the name of a model is in another part of its path.
        if (name == null && server.matches("CURRENT|\\d*")) {
            return List.of(CommandFailures.noNameForServer(server));
        }
        List<String> problems = new ArrayList<>(ModelExport.tritonProblems(server, number));
        // A path cannot have a colon, which is reported already.
        if (server.indexOf(':') < 0) {
            served(server, configuration).obstacle(number).ifPresent(problems::add);
        }
        return problems;
    }

    private TritonPlace served(String server, Configuration configuration) {
        return new TritonPlace(to, server, configuration);
    }

    private List<String> bundleProblems(ModelDirectory place) throws IOException {
        List<String> problems = new ArrayList<>();
        if (name != null) {
            problems.add(CommandFailures.onlyForTriton("--name", name));
        }
        if (version != null) {
            problems.add(CommandFailures.onlyForTriton("--model-version", Integer.toString(version)));
        }
        problems.addAll(place.obstacle().stream().toList());
        return problems;
    }

    /** Layouts by their names. */
    static final class LayoutConverter extends ChoiceConverter<Layout> {
        LayoutConverter() {
            super(Layout.class);
        }
    }

    /** Inputs by their names. */
    static final class InputConverter extends ChoiceConverter<InputForm> {
        InputConverter() {
            super(InputForm.class);
        }
    }

    /** Outputs by their names. */
    static final class OutputConverter extends ChoiceConverter<OutputForm> {
        OutputConverter() {
            super(OutputForm.class);
        }
    }

    /** The constants of an enum by their names in recipes. */
    private abstract static class ChoiceConverter<E extends Enum<E>> implements ITypeConverter<E> {
        private final Class<E> type;

        ChoiceConverter(Class<E> type) {
            this.type = type;
        }

        @Override
        public final E convert(String name) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ChoiceNames.of(constant).equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException(CommandReasons.notOneOf(name, ChoiceNames.listed(type))));
        }
    }
}
