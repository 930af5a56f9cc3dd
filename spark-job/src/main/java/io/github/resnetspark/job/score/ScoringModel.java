package io.github.resnetspark.job.score;

import io.github.resnetspark.image.Preprocessing;
import java.io.Serializable;
import java.util.List;

/**
 * What every task needs of the model.
 *
 * @param parameters of the network, running statistics among them
 * @param labels the names of the classes
 * @param preprocessing how a picture becomes the network's input
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of floats; compared by nobody.
record ScoringModel(float[] parameters, List<String> labels, Preprocessing preprocessing) implements Serializable {}
