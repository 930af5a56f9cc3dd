/**
 * The formats of sources: class folders, the archives of ILSVRC2012, the binary version of CIFAR-10, and shards. A new format is
 * a {@link io.github.resnetspark.source.PictureSource} here, a word in {@link io.github.resnetspark.source.SourceFormat} and a
 * line in {@link io.github.resnetspark.source.format.PictureSources}.
 *
 * <p>May use {@code bundle}, {@code file}, {@code image}, {@code recipe}, {@code shard}, {@code source}, {@code storage}.
 */
package io.github.resnetspark.source.format;
