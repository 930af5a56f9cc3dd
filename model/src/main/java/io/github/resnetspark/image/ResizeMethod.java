package io.github.resnetspark.image;

/** How evaluation scales and crops a picture. A model keeps the method that it was trained for. */
public enum ResizeMethod {
    /**
     * The same bytes as torchvision's {@code Resize} and {@code CenterCrop} of a Pillow picture: a triangle filter with
     * antialiasing, and a crop offset rounded half to even.
     */
    TRIANGLE(
            "triangle filter with antialiasing (Pillow's BILINEAR): rows, then columns, rounded to 8 bits after each",
            "centre, offset (side - cropSize) / 2 rounded half to even"),
    /** The method of the first release: OpenCV's filters, and a crop offset rounded down. */
    OPENCV(
            "opencv INTER_AREA where both sides shrink, else opencv INTER_LINEAR",
            "centre, offset (side - cropSize) / 2 rounded down");

    private final String resizeText;
    private final String cropText;

    ResizeMethod(String resizeText, String cropText) {
        this.resizeText = resizeText;
        this.cropText = cropText;
    }

    /** The scaling in the words of {@code preprocessing.json}. */
    String resizeText() {
        return resizeText;
    }

    /** The crop in the words of {@code preprocessing.json}. */
    String cropText() {
        return cropText;
    }

    /** The offset of the crop in pixels, at least 0 if the side is at least as long as the crop. */
    int cropOffset(int side, int crop) {
        int left = side - crop;
        return this == TRIANGLE ? (int) Math.rint(left / 2.0) : left / 2;
    }
}
