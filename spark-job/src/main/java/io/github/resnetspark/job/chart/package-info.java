/**
 * Charts: panels side by side as SVG and PNG files, drawn by XChart, and charts within web pages, drawn by Lets-Plot. Both work
 * without a display; those of web pages also without fonts.
 *
 * <p>May use {@code failure}, {@code message.job}.
 */
package io.github.resnetspark.job.chart;
