package io.github.resnetspark.analysis;

import io.github.resnetspark.analysis.BackwardPass.GradientFlow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The gradient of the mean loss at one block: Euclidean norms over a minibatch.
 *
 * @param name such as {@code stage1-block3}
 * @param stage from 1
 * @param atInput with respect to the input of the block
 * @param atOutput with respect to the output of the block
 * @param throughBranch the part of {@code atInput} that comes through the block's convolutions; all of it in a plain network;
 *     NaN if both paths read the same activation of the input, as in a pre-activation block that changes the shape
 * @param ofWeights with respect to the weights of the block's convolutions
 */
public record BlockGradient(
        String name, int stage, double atInput, double atOutput, double throughBranch, double ofWeights)
        implements Serializable {
    private static final Pattern IN_BLOCK = Pattern.compile("(stage([0-9]+)-block[0-9]+)-.*");
    private static final String ADDITION = "-add";
    private static final String SHORTCUT = "-shortcut";

    /**
     * One gradient for each block of a network, in the order of the forward pass. Blocks are found by the names of their vertices,
     * such as {@code stage1-block2-conv1}.
     *
     * @param flow the result of a backward pass
     */
    public static List<BlockGradient> allOf(ComputationGraph net, GradientFlow flow) {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        for (int index : net.topologicalSortOrder()) {
            String vertex = net.getVertices()[index].getVertexName();
            Matcher matcher = IN_BLOCK.matcher(vertex);
            if (matcher.matches()) {
                blocks.computeIfAbsent(matcher.group(1), block -> new ArrayList<>())
                        .add(vertex);
            }
        }
        List<BlockGradient> gradients = new ArrayList<>();
        blocks.forEach((block, vertices) -> gradients.add(gradient(net.getConfiguration(), block, vertices, flow)));
        return gradients;
    }

    private static BlockGradient gradient(
            ComputationGraphConfiguration graph, String block, List<String> vertices, GradientFlow flow) {
        // The first vertex of a block reads the block's input.
        String input = graph.getVertexInputs().get(vertices.get(0)).get(0);
        String output = vertices.get(vertices.size() - 1);
        double branch = 0;
        boolean skipped = false;
        for (Map.Entry<String, Double> part : flow.fromConsumer().get(input).entrySet()) {
            String consumer = part.getKey();
            boolean skips = consumer.equals(block + ADDITION) || consumer.startsWith(block + SHORTCUT);
            skipped |= skips;
            branch = skips ? branch : Math.hypot(branch, part.getValue());
        }
        // The shortcut may start after vertices that both paths share. Then no part of the gradient belongs to the
        // branch.
        boolean plain = !vertices.contains(block + ADDITION);
        double weights = vertices.stream()
                .mapToDouble(vertex -> flow.ofWeights().getOrDefault(vertex, 0.0))
                .reduce(0, Math::hypot);
        Matcher matcher = IN_BLOCK.matcher(output);
        if (!matcher.matches()) {
            throw new IllegalStateException("The vertex " + output + " is not in a block");
        }
        return new BlockGradient(
                block,
                Integer.parseInt(matcher.group(2)),
                flow.atOutput().get(input),
                flow.atOutput().get(output),
                skipped || plain ? branch : Double.NaN,
                weights);
    }

    /** The factor by which the block's transposed Jacobian changes the norm of this gradient. */
    public double gain() {
        return atInput / atOutput;
    }

    /** The same factor for the Jacobian of its convolutions only; NaN if {@link #throughBranch} is. */
    public double branchGain() {
        return throughBranch / atOutput;
    }
}
