/**
 * The learning rate as a pure function of time, in epochs. Nothing of this is stored in a model: the trainer asks for the
 * rate and hands it to the updater.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.schedule;
