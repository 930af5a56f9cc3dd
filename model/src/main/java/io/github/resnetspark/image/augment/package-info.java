/**
 * Augmentation of training pictures. {@link io.github.resnetspark.image.augment.TrainingTransform} decodes a picture, lets an
 * {@link io.github.resnetspark.image.augment.Augmentation} select the part that the network sees, and applies the
 * {@link io.github.resnetspark.image.augment.PictureVariation.RandomChange}s of the recipe. Array layouts are those of the package
 * {@link io.github.resnetspark.image}, which does not depend on this one.
 *
 * <p>To add a way to select the part, write a class and a constant of {@code Augmentation}. To add any other augmentation of one
 * picture, write a class that implements {@code RandomChange} and list it in the recipe's section {@code data}.
 *
 * <p>May use {@code image}.
 */
package io.github.resnetspark.image.augment;
