/**
 * The web page about a data set: pictures per class, sizes and formats, pictures as the network sees them, and what was rejected.
 * {@link io.github.resnetspark.job.dataset.DataReport} writes it next to the manifest. It reads a sample of the shards, always the
 * same, with the classes that training uses. To add a part to the page, write a section here and name it in {@code DataPage}.
 *
 * <p>May use {@code image}, {@code image.augment}, {@code job.chart}, {@code job.recipe}, {@code message.job},
 * {@code network}, {@code page}, {@code recipe}, {@code shard}, {@code source}, {@code storage}, {@code text}.
 */
package io.github.resnetspark.job.dataset;
