/**
 * What a recipe says, as records: one per section, read once on the driver. The defaults stand in each record's
 * {@code from}; no other place knows them.
 */
package io.github.resnetspark.job.recipe;
