package io.github.resnetspark.job.describe;

import static io.github.resnetspark.job.describe.TextTable.number;

import io.github.resnetspark.network.LayerTable;
import io.github.resnetspark.network.PublishedNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All networks of the papers, with our counts and the published ones. */
public final class PublishedTable {
    private static final String NONE = "–";

    private PublishedTable() {}

    /** The Markdown table of docs/networks.md. */
    public static String markdown() {
        return "| network | `model` | parameters | published | multiply-adds | published | published by |\n"
                + "|---|---|--:|--:|--:|--:|---|\n"
                + PublishedNetwork.all().stream().map(PublishedTable::line).collect(Collectors.joining("\n"));
    }

    private static String line(PublishedNetwork network) {
        LayerTable table = LayerTable.of(network.spec());
        return "| " + table.name() + " | `" + network.settings() + "` | " + number(table.parameters()) + " | "
                + network.parameters().orElse(NONE) + " | " + number(table.multiplyAdds()) + " | "
                + network.multiplyAdds().orElse(NONE) + " | " + network.source().orElse(NONE) + " |";
    }

    /** For {@code --json}. */
    public static List<Map<String, Object>> json() {
        return PublishedNetwork.all().stream().map(PublishedTable::json).toList();
    }

    private static Map<String, Object> json(PublishedNetwork network) {
        LayerTable table = LayerTable.of(network.spec());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("model", network.settings());
        json.put("parameters", table.parameters());
        json.put("publishedParameters", network.parameters().orElse(null));
        json.put("multiplyAdds", table.multiplyAdds());
        json.put("publishedMultiplyAdds", network.multiplyAdds().orElse(null));
        json.put("source", network.source().orElse(null));
        return json;
    }
}
