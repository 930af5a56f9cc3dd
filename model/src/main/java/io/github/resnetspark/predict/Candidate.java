package io.github.resnetspark.predict;

/**
 * A class that a picture may be of.
 *
 * @param index which output of the network it is, from 0
 * @param label its name
 * @param probability after the softmax, 0 to 1
 */
public record Candidate(int index, String label, float probability) {}
