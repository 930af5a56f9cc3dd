/**
 * Charts, drawn by XChart: panels side by side, as SVG and as PNG. Works without a display.
 *
 * <p>May use {@code failure}, {@code message.job}.
 */
package io.github.resnetspark.job.chart;
