package io.github.resnetspark.job.registry;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.file.TemporaryDirectory;
import io.github.resnetspark.message.job.RegistryFailures;
import io.github.resnetspark.onnx.OnnxOptions;
import io.github.resnetspark.onnx.OnnxOptions.BatchNormForm;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import io.github.resnetspark.onnx.TritonModel;
import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Writes a copy of a model: with all files that this release writes, or in the layout of a server. */
public final class ModelExport {
    /** Names that Triton accepts as directories of its repository, and that need no quoting in its configuration. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final Bundle bundle;
    private final OnnxOptions options;

    /** The forms are those of {@code model.onnx}. */
    public ModelExport(Bundle bundle, InputForm input, OutputForm output, BatchNormForm batchNorm) {
        this.bundle = bundle;
        this.options = new OnnxOptions(bundle.preprocessing(), input, output, batchNorm);
    }

    /** What is wrong with a name and a version in a model repository. */
    public static List<String> tritonProblems(String name, int version) {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(RegistryFailures.notAServerName(name));
        }
        if (version < 1) {
            problems.add(RegistryFailures.serverVersionTooSmall(version));
        }
        return problems;
    }

    /**
     * Writes a model directory.
     *
     * @throws IOException if the directory exists, or the model cannot be written as ONNX
     */
    public void asModelDirectory(ModelDirectory to) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Path staged = scratch.resolve("bundle");
            ComputationGraph network = bundle.network();
            try {
                BundleWriter.write(staged, bundle.contents(), network, options);
            } finally {
                network.close();
            }
            to.publish(staged);
        }
    }

    /**
     * Writes a version of a model of a Triton model repository.
     *
     * @throws RecipeException if there are versions with another configuration or other labels
     * @throws IOException if the directory exists, or the model cannot be written as ONNX
     */
    public void asTritonModel(TritonPlace to, String name, int version) throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create()) {
            Path staged = Files.createDirectory(scratch.resolve("triton"));
            ComputationGraph network = bundle.network();
            try {
                TritonModel.write(staged, name, version, bundle.labels(), network, options);
            } finally {
                network.close();
            }
            to.publish(staged, version);
        }
    }
}
