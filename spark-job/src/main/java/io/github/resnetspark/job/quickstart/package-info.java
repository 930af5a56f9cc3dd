/**
 * The quickstart's own pictures: ten motifs, drawn from a seed, in class folders as {@code prepare} reads them. Colour
 * says nothing about the class; shape or texture does.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.quickstart;
