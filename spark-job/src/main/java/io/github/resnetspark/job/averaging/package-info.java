/**
 * The arithmetic of parameter averaging: pure functions of float vectors. A parameter vector contains a network's flat
 * parameters [n] in DL4J's order. The vector of the updater's state, the momentum, is treated the same way. The length
 * of the slices that a reducer sums is determined by {@code job.exchange}.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.averaging;
