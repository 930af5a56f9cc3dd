/**
 * What follows the backward pass: weight decay, Nesterov's momentum and the step, in one pass over the flat vectors
 * {@code [numParams]} instead of DL4J's five and its views of every tensor.
 */
package io.github.resnetspark.kernels.update;
