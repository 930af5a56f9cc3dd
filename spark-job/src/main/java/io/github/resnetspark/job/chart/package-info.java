/**
 * Pictures for people, drawn by XChart: panels side by side, as SVG and as PNG. Nothing here needs a screen.
 *
 * <p>May use {@code failure}.
 */
package io.github.resnetspark.job.chart;
