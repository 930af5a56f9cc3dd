/**
 * Pictures for people, drawn by XChart: panels side by side, as SVG and as PNG. Nothing here needs a screen.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.job.chart;
