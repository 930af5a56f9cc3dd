package io.github.resnetspark.kernels.provider;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The logical shape {@code [batch, channels, height, width]} of an array. */
public record ImageShape(long batch, long channels, long height, long width) {

    /** The shape of a four-dimensional array. */
    public static ImageShape of(INDArray array) {
        return new ImageShape(array.size(0), array.size(1), array.size(2), array.size(3));
    }

    /** The number of values. */
    public long length() {
        return batch * channels * height * width;
    }

    /** In the form that the native libraries and DL4J use. */
    public long[] dimensions() {
        return new long[] {batch, channels, height, width};
    }

    /** How an array lies in memory. */
    public record Layout(Strides strides, DataType type) {

        /** Of a four-dimensional array. */
        public static Layout of(INDArray array) {
            return new Layout(Strides.of(array), array.dataType());
        }
    }

    /** The distance in memory between neighbours along each of {@code [batch, channels, height, width]}, in values. */
    public record Strides(long batch, long channels, long height, long width) {

        /** Of a four-dimensional array. */
        public static Strides of(INDArray array) {
            return new Strides(array.stride(0), array.stride(1), array.stride(2), array.stride(3));
        }

        /** Of a contiguous channels-last array. */
        public static Strides channelsLast(ImageShape shape) {
            long row = shape.width() * shape.channels();
            return new Strides(shape.height() * row, 1, row, shape.channels());
        }

        /**
         * Whether an array of {@code shape} with these strides is contiguous and channels-last; the stride of a side of
         * length 1 is ignored.
         */
        public boolean isChannelsLast(ImageShape shape) {
            Strides expected = channelsLast(shape);
            return (shape.batch() == 1 || batch == expected.batch)
                    && (shape.channels() == 1 || channels == expected.channels)
                    && (shape.height() == 1 || height == expected.height)
                    && (shape.width() == 1 || width == expected.width);
        }

        /** In the form that the native libraries and DL4J use. */
        public long[] values() {
            return new long[] {batch, channels, height, width};
        }
    }
}
