/**
 * Native memory of the kernels.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.kernels.memory;
