package io.github.resnetspark.predict;

/**
 * A possible class of a picture.
 *
 * @param index of the network's output, from 0
 * @param label the name of the class
 * @param probability after the softmax, 0 to 1
 */
public record Candidate(int index, String label, float probability) {}
