package io.github.resnetspark.job.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A run at one moment between two rounds.
 *
 * @param position how far it is
 * @param run what it was started with
 * @param progress whatever else is to be known to go on, as JSON
 * @param vectors the floats, by a name that is a file name without its ending
 */
public record Checkpoint(Position position, RunIdentity run, ObjectNode progress, Map<String, float[]> vectors) {
    public Checkpoint {
        vectors = Map.copyOf(vectors);
    }
}
