/**
 * Texts that strangers wrote: shown on one line and no longer than it helps, read as a place, or taken as the name of a class.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.text;
