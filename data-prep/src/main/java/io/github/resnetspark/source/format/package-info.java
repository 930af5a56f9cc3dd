/**
 * The source formats: class folders, the archives of ILSVRC2012, the binary version of CIFAR-10, and shards. A new
 * format is a {@link io.github.resnetspark.source.PictureSource} here, a constant in
 * {@link io.github.resnetspark.source.SourceFormat} and a line in
 * {@link io.github.resnetspark.source.format.PictureSources}.
 *
 * <p>May use {@code file}, {@code image}, {@code message.data}, {@code shard}, {@code source},
 * {@code source.table}, {@code storage},
 * {@code text}.
 */
package io.github.resnetspark.source.format;
