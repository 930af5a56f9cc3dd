package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.preflight.WorkerMemory;
import io.github.resnetspark.resnet.LayerTable;
import io.github.resnetspark.resnet.ResNetSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a network is made of and what it costs.
 *
 * @param table its layers
 * @param batchSize pictures of a minibatch
 * @param trainingBytes what one replica takes outside the Java heap while it trains on such minibatches
 */
record NetworkReport(LayerTable table, int batchSize, long trainingBytes) {

    static NetworkReport of(ResNetSpec network, int batchSize) {
        LayerTable table = LayerTable.of(network);
        return new NetworkReport(
                table, batchSize, WorkerMemory.of(table, network.input()).with(batchSize));
    }

    /** For {@code --json}. */
    Map<String, Object> json() {
        Map<String, Object> json = totals();
        json.put("stages", table.stages());
        json.put("layers", table.layers());
        return json;
    }

    /** The same without its layers. */
    Map<String, Object> totals() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("parameters", table.parameters());
        json.put("multiplyAdds", table.multiplyAdds());
        json.put("activationBytes", table.activationBytes());
        json.put("batchSize", batchSize);
        json.put("trainingBytes", trainingBytes);
        return json;
    }
}
