package io.github.resnetspark.image;

/** Converts decoded pictures to a network's input for evaluation and prediction, without any randomness. */
public final class EvaluationTransform {
    private final Preprocessing preprocessing;
    private final NormalizedPlanes planes;
    private final TriangleResampler triangle = new TriangleResampler();

    public EvaluationTransform(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        this.planes = new NormalizedPlanes(preprocessing.inputSize(), preprocessing.normalization());
    }

    /**
     * Writes one picture.
     *
     * @param image of any size
     * @param batch {@code [N, 3, S, S]}
     * @param offset of the picture in the batch: its number times {@link Preprocessing#inputLength}
     */
    public void apply(RgbImage image, float[] batch, int offset) {
        RgbImage resized =
                switch (preprocessing.resizeMethod()) {
                    case TRIANGLE -> triangle.resizeShortSide(image, preprocessing.resizeShortSide());
                    case OPENCV -> OpenCv.resizeShortSide(image, preprocessing.resizeShortSide());
                };
        int left = preprocessing.resizeMethod().cropOffset(resized.width(), preprocessing.inputSize());
        int top = preprocessing.resizeMethod().cropOffset(resized.height(), preprocessing.inputSize());
        planes.write(resized, left, top, NormalizedPlanes.Direction.AS_STORED, batch, offset);
    }
}
