package io.github.resnetspark.job.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A place where a run has prepared shards, finished or not. A run has more than one where it was killed in between and its
 * source had changed when it went on.
 *
 * @param place of the shards
 * @param written whether they are this run's or another one's, and were not there for other reasons
 */
record PreparedShards(URI place, boolean written) {
    private static final String KEY = "prepared";
    private static final String PLACE = "shards";
    private static final String WRITTEN = "written";

    /** All that a run has noted. */
    static List<PreparedShards> in(ObjectNode run) {
        List<PreparedShards> found = new ArrayList<>();
        for (JsonNode prepared : run.path(KEY)) {
            found.add(new PreparedShards(
                    URI.create(prepared.path(PLACE).asText()),
                    prepared.path(WRITTEN).asBoolean()));
        }
        return found;
    }

    /** Notes the place, instead of what was noted of it before. */
    void noteIn(ObjectNode run) {
        List<PreparedShards> all = new ArrayList<>(in(run));
        all.removeIf(other -> other.place.equals(place));
        all.add(this);
        ArrayNode places = run.putArray(KEY);
        all.forEach(prepared ->
                places.addObject().put(PLACE, RunRecord.written(prepared.place)).put(WRITTEN, prepared.written));
    }
}
