package io.github.resnetspark.message.model;

import io.github.resnetspark.text.ShownText;

/**
 * Why a picture is not used. Lists of skipped pictures, tables of scores and logs show these sentences beside the picture's name,
 * so they do not repeat it.
 */
public final class PictureNotices {
    private static final String CONVERT = " Convert it to JPEG or PNG.";

    private PictureNotices() {}

    public static String empty() {
        return "The picture has no bytes.";
    }

    public static String unknownFormat() {
        return "The picture is not a JPEG, PNG, BMP or WebP.";
    }

    /**
     * A file in another format.
     *
     * @param format with its article, such as {@code a GIF}
     */
    public static String unsupportedFormat(String format) {
        return "The picture is " + format + ", which is not supported." + CONVERT;
    }

    public static String oldBmp() {
        return "The picture is a BMP in a format from before 1990, which is not supported." + CONVERT;
    }

    public static String animatedWebP() {
        return "The picture is an animated WebP, which is not supported. Convert one of its frames to JPEG or PNG.";
    }

    public static String gitLfsPointer() {
        return "The file is a Git LFS pointer, not a picture. Fetch the picture with git lfs pull.";
    }

    public static String htmlPage() {
        return "The file is an HTML page, not a picture: the download failed. Download it again.";
    }

    public static String xmlDocument() {
        return "The file is an XML document, not a picture: the download failed. Download it again.";
    }

    public static String endsBeforeSize(String format) {
        return "The picture is truncated: the " + format + " ends before its width and height.";
    }

    public static String jpegWithoutEnd() {
        return "The picture is truncated: the JPEG has no end marker.";
    }

    public static String pngWithoutEnd() {
        return "The picture is truncated: the PNG has no end chunk.";
    }

    public static String webPTooShort() {
        return "The picture is truncated: the WebP has fewer bytes than its header declares.";
    }

    /**
     * A JPEG with damaged bytes.
     *
     * @param reason one of {@link JpegReasons}
     */
    public static String damagedJpeg(String reason) {
        return "The picture is damaged: " + reason + ".";
    }

    public static String pngChecksum(String chunk) {
        return "The picture is damaged: the PNG chunk '" + ShownText.start(chunk) + "' does not match its checksum.";
    }

    public static String webPWithoutPicture() {
        return "The picture is damaged: the first chunk of the WebP is not a picture.";
    }

    public static String doesNotDecode(String format) {
        return "The picture is damaged: it starts like a " + format + " but cannot be decoded.";
    }

    public static String decoderFailed(String format) {
        return "The picture is damaged: OpenCV cannot decode this " + format + ".";
    }

    /**
     * The size is 0 or negative.
     *
     * @param width as an unsigned number
     * @param height as an unsigned number
     */
    public static String impossibleSize(int width, int height, String format) {
        return declared(Integer.toUnsignedString(width), Integer.toUnsignedString(height))
                + ", which is not a valid size of a " + format + ".";
    }

    public static String tooManyPixels(int width, int height, long limit) {
        return declared(width, height) + ", more than the limit of " + limit + ".";
    }

    public static String tooLong(int width, int height, int largestRatio) {
        return declared(width, height) + ": one side is more than " + largestRatio + " times the other.";
    }

    public static String otherSize(int width, int height, int decodedWidth, int decodedHeight) {
        return declared(width, height) + " but decodes to " + size(decodedWidth, decodedHeight) + ".";
    }

    /** For a picture that is decoded at a fraction of its size. */
    public static String otherReducedSize(
            int width, int height, int decodedWidth, int decodedHeight, int expectedWidth, int expectedHeight) {
        return declared(width, height) + " but decodes to " + size(decodedWidth, decodedHeight) + " instead of "
                + size(expectedWidth, expectedHeight) + ".";
    }

    public static String tooLargeWhenScaled(int width, int height, long scaledWidth, long scaledHeight, long limit) {
        return "Scaling the picture of " + size(width, height) + " pixels would give " + size(scaledWidth, scaledHeight)
                + " pixels, more than the limit of " + limit + ".";
    }

    /**
     * Encoding failed.
     *
     * @param extension of the format, such as {@code .png}
     */
    public static String notEncoded(int width, int height, String extension) {
        return "OpenCV cannot encode the picture of " + size(width, height) + " pixels as " + extension + ".";
    }

    private static String declared(Object width, Object height) {
        return "The picture declares " + size(width, height) + " pixels";
    }

    private static String size(Object width, Object height) {
        return width + " x " + height;
    }
}
