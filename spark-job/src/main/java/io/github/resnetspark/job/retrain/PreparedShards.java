package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory in which a run has prepared shards, finished or not. A run has several if it was killed and its source had changed
 * when it resumed.
 *
 * @param place of the shards
 * @param written whether this or another run wrote them, as opposed to something else
 */
record PreparedShards(URI place, boolean written) {
    private static final String KEY = "prepared";
    private static final String PLACE = "shards";
    private static final String WRITTEN = "written";

    /** All that are recorded in a run. */
    static List<PreparedShards> in(ObjectNode run) {
        List<PreparedShards> found = new ArrayList<>();
        for (JsonNode prepared : run.path(KEY)) {
            found.add(new PreparedShards(
                    URI.create(prepared.path(PLACE).asText()),
                    prepared.path(WRITTEN).asBoolean()));
        }
        return found;
    }

    /** Records this directory in a run, and replaces its earlier record. */
    void noteIn(ObjectNode run) {
        List<PreparedShards> all = new ArrayList<>(in(run));
        all.removeIf(other -> other.place.equals(place));
        all.add(this);
        ArrayNode places = run.putArray(KEY);
        all.forEach(prepared ->
                places.addObject().put(PLACE, RunRecord.written(prepared.place)).put(WRITTEN, prepared.written));
    }
}
