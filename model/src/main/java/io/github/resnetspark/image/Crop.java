package io.github.resnetspark.image;

/** A rectangle of a picture, in pixels; {@code left} and {@code top} count from the upper left corner. */
record Crop(int left, int top, int width, int height) {
    static Crop whole(RgbImage image) {
        return new Crop(0, 0, image.width(), image.height());
    }
}
