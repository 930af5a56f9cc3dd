/**
 * Why residual networks train, seen in numbers and pictures: the degradation of plain networks with depth, the gradient on
 * its way back through the blocks, and the loss around a trained network. Each analysis leaves a table (CSV), a picture (SVG
 * and PNG) and a paragraph (Markdown) in a directory on any Hadoop file system; what was computed before a stop is kept.
 */
package io.github.resnetspark.job.analyze;
