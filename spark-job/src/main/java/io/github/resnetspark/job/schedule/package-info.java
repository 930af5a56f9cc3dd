/**
 * The learning rate and the averaging interval as pure functions of time, in epochs. A model does not store the rate: the
 * trainer asks for it and passes it to the updater.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.schedule;
