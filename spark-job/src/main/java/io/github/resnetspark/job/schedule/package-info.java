/**
 * The learning rate as a pure function of time, in epochs. A model does not store it: the trainer asks for the rate and
 * passes it to the updater.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.schedule;
