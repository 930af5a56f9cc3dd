/**
 * The command line, which is also the main class for spark-submit. A command reads its recipe, calls one class of
 * another package and returns an {@code Outcome}; exit codes, error messages, {@code --json} and {@code --result} are
 * the same for all of them and live in {@code ReportingCommand} and {@code ErrorReport}.
 */
package io.github.resnetspark.job.cli;
