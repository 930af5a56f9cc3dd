/**
 * The arithmetic of parameter averaging: pure functions of float vectors. A parameter vector is a network's flat
 * parameters [n] in DL4J's order; an updater state vector is treated the same way. How long the slices are
 * that a reducer sums is {@code job.exchange}'s to say.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.averaging;
