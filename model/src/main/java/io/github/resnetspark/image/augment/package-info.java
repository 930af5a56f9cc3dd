/**
 * How training pictures are varied: {@link io.github.resnetspark.image.augment.TrainingTransform} decodes one, lets an
 * {@link io.github.resnetspark.image.augment.Augmentation} choose the part that the network sees, and makes the
 * {@link io.github.resnetspark.image.augment.PictureVariation.RandomChange}s that a recipe asks for. Arrays lie as in the
 * package above, which knows nothing of this one.
 *
 * <p>A new way to choose the part is a class and a line in {@code Augmentation}; any other augmentation of one picture is a
 * class that implements {@code RandomChange}, and a line where a recipe's section {@code data} lists them.
 *
 * <p>May use {@code image}.
 */
package io.github.resnetspark.image.augment;
