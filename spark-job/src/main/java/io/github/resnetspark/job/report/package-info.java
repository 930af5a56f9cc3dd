/**
 * Reports for people: web pages about one run, or about several in comparison, from the files of the run directory.
 * {@link io.github.resnetspark.job.report.ReportKeeper} writes them while a run trains. To add a part to the page, write a
 * section here and name it in {@code ReportPage}. {@link io.github.resnetspark.job.report.RetrainingPage} is about a retraining.
 *
 * <p>May use {@code failure}, {@code job.chart}, {@code job.checkpoint}, {@code job.evaluate}, {@code job.metrics},
 * {@code job.promote}, {@code job.recipe}, {@code message.job}, {@code network}, {@code page}, {@code shard}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.job.report;
