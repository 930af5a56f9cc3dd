package io.github.resnetspark.weights;

import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.WeightsFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Imports and exports weights with PyTorch's names: those of torchvision (conv1, bn1, layer1.0.conv1, layer1.0.downsample.0, fc)
 * and those of the public CIFAR networks (shortcut.0 for downsample.0, linear for fc). The import ignores a {@linkplain
 * #sharedPrefix prefix} of all names and the counters {@code num_batches_tracked} and {@code n_averaged}.
 */
public final class TorchWeights {
    private static final String RUNNING_MEAN = "running_mean";

    private final ResNetSpec spec;
    private final Map<String, Tensor> byCommonName = new TreeMap<>();
    private final Map<String, String> givenNames = new TreeMap<>();
    private final Set<String> unused = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private TorchWeights(ResNetSpec spec, Map<String, Tensor> weights) {
        this.spec = spec;
        int prefix = TorchName.sharedPrefix(weights.keySet()).length();
        weights.forEach((name, tensor) -> {
            if (TorchName.isCounter(name)) {
                return;
            }
            String common = TorchName.common(name.substring(prefix));
            if (byCommonName.put(common, tensor) != null) {
                problems.add(FileReasons.sameWeight(name, givenNames.get(common)));
            }
            givenNames.put(common, name);
        });
        unused.addAll(byCommonName.keySet());
    }

    /**
     * Reads all tensors of a file: {@code .safetensors} if its name ends so, else {@code .npz}.
     *
     * @throws WeightsFormatException if the file does not have this format
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")
                ? SafetensorsFile.read(file)
                : NpzFile.read(file);
    }

    /**
     * The prefix of all names, which the import ignores: {@code module.}, {@code _orig_mod.}, {@code model.}, any other wrapper,
     * or several of them. Empty if there is none.
     */
    public static String sharedPrefix(Map<String, Tensor> weights) {
        return TorchName.sharedPrefix(weights.keySet());
    }

    /**
     * Creates a network for inference with these weights.
     *
     * @param weights by PyTorch's names; convolutions {@code [out, in, height, width]}, the head {@code [classes, features]}
     * @throws WeightsFormatException with one line for each weight that is missing, unexpected, of another shape or not finite
     */
    public static ComputationGraph network(ResNetSpec spec, Map<String, Tensor> weights) throws WeightsFormatException {
        ComputationGraph network = ResNet.create(spec, 0);
        new TorchWeights(spec, weights).fill(network);
        return network;
    }

    /**
     * Writes a network as a {@code .safetensors} file that PyTorch loads with {@code load_state_dict(strict=True)}: with the names
     * of the family's public networks, all values unchanged, and the counters {@code num_batches_tracked}, which are 0.
     *
     * @param spec of this network
     */
    public static void write(Path file, ResNetSpec spec, ComputationGraph network) throws IOException {
        Map<String, Tensor> tensors = new TreeMap<>();
        List<String> counters = new ArrayList<>();
        for (TorchParameter parameter : TorchParameter.of(network, spec.variant())) {
            String name = TorchName.inFamily(parameter.name(), spec.family());
            tensors.put(name, parameter.tensor());
            if (name.endsWith(RUNNING_MEAN)) {
                counters.add(name.substring(0, name.length() - RUNNING_MEAN.length()) + TorchName.BATCHES);
            }
        }
        SafetensorsFile.write(file, tensors, counters);
    }

    private void fill(ComputationGraph network) throws WeightsFormatException {
        TorchParameter.of(network, spec.variant()).forEach(this::fill);
        for (String name : unused) {
            problems.add(FileReasons.unexpectedWeight(givenNames.get(name)));
        }
        if (!problems.isEmpty()) {
            throw new WeightsFormatException(WeightsFailures.doNotFit(spec.displayName(), spec.classes(), problems));
        }
    }

    private void fill(TorchParameter parameter) {
        String name = parameter.name();
        Tensor tensor = byCommonName.get(name);
        if (tensor == null) {
            problems.add(FileReasons.missingWeight(TorchName.inFamily(name, spec.family())));
            return;
        }
        unused.remove(name);
        if (!tensor.hasShape(parameter.shape())) {
            problems.add(FileReasons.weightShape(
                    givenNames.get(name), Tensor.describe(tensor.shape()), Tensor.describe(parameter.shape())));
        } else if (!isFinite(tensor)) {
            problems.add(FileReasons.weightNotFinite(givenNames.get(name)));
        } else {
            parameter.assign(tensor);
        }
    }

    private static boolean isFinite(Tensor tensor) {
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
