package io.github.resnetspark.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Finds the blocks of a network by the names of their vertices, {@code stage1-block2-conv1} and so on, and what a backward
 * pass left at each of them.
 */
public final class BlockGradients {
    private static final Pattern IN_BLOCK = Pattern.compile("(stage([0-9]+)-block[0-9]+)-.*");
    private static final String ADDITION = "-add";
    private static final String SHORTCUT = "-shortcut";

    private BlockGradients() {}

    /** One for each block of a network, in the order of the forward pass. */
    public static List<BlockGradient> of(ComputationGraph net, GradientFlow flow) {
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
        // Whatever begins the block reads what comes into it.
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
        // What skips may leave only behind vertices that both paths share: there the input has no part for each.
        boolean plain = !vertices.contains(block + ADDITION);
        double weights = vertices.stream()
                .mapToDouble(vertex -> flow.ofWeights().getOrDefault(vertex, 0.0))
                .reduce(0, Math::hypot);
        Matcher matcher = IN_BLOCK.matcher(output);
        if (!matcher.matches()) {
            throw new IllegalStateException(output + " is in no block");
        }
        return new BlockGradient(
                block,
                Integer.parseInt(matcher.group(2)),
                flow.atOutput().get(input),
                flow.atOutput().get(output),
                skipped || plain ? branch : Double.NaN,
                weights);
    }
}
