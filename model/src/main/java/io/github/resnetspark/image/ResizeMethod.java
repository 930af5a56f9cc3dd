package io.github.resnetspark.image;

/** How evaluation scales a picture and finds its middle. A model keeps the method that it was made with. */
public enum ResizeMethod {
    /**
     * As torchvision's {@code Resize} and {@code CenterCrop} treat a Pillow picture, to the byte: a triangle filter with
     * antialiasing, and a crop whose offset is rounded half to even.
     */
    TRIANGLE(
            "triangle filter with antialiasing (Pillow's BILINEAR): rows, then columns, rounded to 8 bits after each",
            "centre, offset (side - cropSize) / 2 rounded half to even"),
    /** What models of the first release were made with: OpenCV's filters, and a crop whose offset is rounded down. */
    OPENCV(
            "opencv INTER_AREA where both sides shrink, else opencv INTER_LINEAR",
            "centre, offset (side - cropSize) / 2 rounded down");

    private final String resizeText;
    private final String cropText;

    ResizeMethod(String resizeText, String cropText) {
        this.resizeText = resizeText;
        this.cropText = cropText;
    }

    /** The scaling in words, as {@code preprocessing.json} has it. */
    String resizeText() {
        return resizeText;
    }

    /** The crop in words, as {@code preprocessing.json} has it. */
    String cropText() {
        return cropText;
    }

    /** Where a crop begins, in pixels; not negative. */
    int cropOffset(int side, int crop) {
        int left = side - crop;
        return this == TRIANGLE ? (int) Math.rint(left / 2.0) : left / 2;
    }
}
