/**
 * The terminal that a command runs on: whether there is one, its width, and a line of progress at its bottom.
 *
 * <p>May use nothing.
 */
package io.github.resnetspark.terminal;
