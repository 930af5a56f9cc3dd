package io.github.resnetspark.image;

/** A rectangle of a picture, in pixels; {@code left} and {@code top} count from the upper left corner. */
record Crop(int left, int top, int width, int height) {
    int right() {
        return left + width;
    }

    int bottom() {
        return top + height;
    }

    /** The same part of a picture that is {@code by} times smaller, to the nearest pixel. */
    Crop reduced(int by) {
        int newLeft = (left + by / 2) / by;
        int newTop = (top + by / 2) / by;
        return new Crop(newLeft, newTop, (right() + by / 2) / by - newLeft, (bottom() + by / 2) / by - newTop);
    }
}
