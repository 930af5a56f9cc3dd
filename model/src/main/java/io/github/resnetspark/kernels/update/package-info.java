/**
 * The parameter update after the backward pass: weight decay, Nesterov momentum and the step, in one pass over the flat
 * vectors {@code [numParams]} instead of DL4J's five passes and its views of every tensor.
 *
 * <p>May use {@code kernels.provider}.
 */
package io.github.resnetspark.kernels.update;
