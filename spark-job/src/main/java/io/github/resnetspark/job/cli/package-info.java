/**
 * The command line, which is also the main class for spark-submit: one class for each command, listed in
 * {@code ResNetSpark}. A command reads its recipe, calls one class of another package and returns an {@code Outcome}; what
 * all of them have in common is in {@code job.cli.frame}.
 */
package io.github.resnetspark.job.cli;
