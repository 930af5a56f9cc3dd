/**
 * The arithmetic of parameter averaging: pure functions of float vectors. A parameter vector is a network's flat
 * parameters [n] in DL4J's order; an updater state vector is treated the same way. Vectors are cut into slices so that
 * each slice can be summed by a reducer of its own.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.averaging;
