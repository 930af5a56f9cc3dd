package io.github.resnetspark.kernels.provider;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.provider.ImageShape.Layout;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A library of kernels, opened for one network. Not thread-safe. Closing it frees every kernel that it created.
 *
 * <p>To add a library, create a package beside {@code kernels.onednn} that implements this interface and its kernels,
 * and add a line to {@code Acceleration}.
 */
public interface KernelProvider extends AutoCloseable {

    /**
     * The number format of activations and their gradients, {@code FLOAT} or {@code BFLOAT16}. Parameters, statistics and
     * their gradients are always {@code FLOAT}.
     */
    DataType activationType();

    /** A convolution from one shape to another. */
    ConvolutionKernel convolution(ConvolutionShape shape);

    /**
     * A forward pass that only predicts. It has memory of its own for parameters in the library's layout, which passes of
     * other batch sizes share.
     *
     * @param input the shape of the input, which is activation 0
     * @param operations in an order in which each reads only the outputs of earlier ones; the last one is a {@link
     *     ForwardOperation.Classification}
     * @param memory for activations, which the pass uses only while it runs
     */
    ForwardPass forwardPass(ImageShape input, List<ForwardOperation> operations, BlockPool.FreeBlocks memory);

    /** Batch normalisation, alone or with the following ReLU. */
    BatchNormKernel batchNorm(ImageShape shape, float epsilon, Rectifier rectifier);

    /** The sum of two arrays, alone or with the following ReLU. */
    AddKernel add(ImageShape shape, Rectifier rectifier);

    /** A separate ReLU. */
    ReluKernel relu(ImageShape shape);

    /**
     * Pooling. The window of global pooling is the whole picture.
     *
     * @param type of its input and output, {@code FLOAT} or {@link #activationType}
     */
    PoolKernel pool(PoolShape shape, DataType type);

    /** A copy between two arrays of one shape, any strides, and {@code FLOAT} or {@code BFLOAT16}. */
    CopyKernel copy(ImageShape shape, Layout from, Layout to);

    @Override
    void close();

    /** A computation on arrays of one shape. Closing it frees its native memory. */
    interface Kernel extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * A convolution {@code y = w * x + b}. Weights and their gradient are {@code [out, in, height, width]} in C order;
     * the bias and its gradient are per channel, {@code null} in a convolution without a bias.
     */
    interface ConvolutionKernel extends Kernel {

        /** Writes {@code y}. */
        void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

        /** Writes the gradient of {@code x}. */
        void backwardInput(INDArray outputGradient, INDArray weights, INDArray inputGradient);

        /** Overwrites the gradients of the weights and the bias. */
        void backwardParameters(INDArray x, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient);
    }

    /** A forward pass that only predicts. */
    interface ForwardPass extends Kernel {

        /** Reads the parameters, which may have changed. Call before the first {@link #run}. */
        void readParameters();

        /**
         * Predicts.
         *
         * @param pictures address of {@code [N, C, H, W]}, contiguous in this order
         * @return address of {@code [N, classes]}, valid until the next run
         */
        Pointer run(Pointer pictures);
    }

    /**
     * Batch normalisation per channel, {@code y = γ (x − mean) / √(variance + ε) + β}, optionally followed by a ReLU.
     */
    interface BatchNormKernel extends Kernel {

        /** With the batch's own statistics, which it writes to {@code mean} and {@code variance} (the biased one). */
        void forward(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

        /** With given statistics. */
        void infer(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

        /**
         * The gradients after {@link #forward}, with the statistics that it wrote. If a ReLU is included, that must
         * have been this kernel's last forward pass.
         */
        void backward(
                INDArray x,
                INDArray outputGradient,
                INDArray gamma,
                INDArray mean,
                INDArray variance,
                INDArray inputGradient,
                INDArray gammaGradient,
                INDArray betaGradient);
    }

    /** The sum of two arrays, optionally followed by a ReLU. */
    interface AddKernel extends Kernel {

        /** Writes {@code sum}, which may be one of the two. */
        void add(INDArray left, INDArray right, INDArray sum);
    }

    /** {@code y = max(x, 0)}. */
    interface ReluKernel extends Kernel {

        /** Writes {@code y}. */
        void forward(INDArray x, INDArray y);

        /** Writes the gradient of {@code x}, which is the gradient of {@code y} wherever {@code y} is above 0. */
        void backward(INDArray y, INDArray outputGradient, INDArray inputGradient);
    }

    /** Pooling over windows. */
    interface PoolKernel extends Kernel {

        /** Writes {@code y} and stores what the backward pass needs. */
        void forward(INDArray x, INDArray y);

        /** Writes {@code y} and stores nothing for a backward pass. */
        void infer(INDArray x, INDArray y);

        /** Writes the gradient of {@code x} of this kernel's last {@link #forward}. */
        void backward(INDArray outputGradient, INDArray inputGradient);
    }

    /** Copies an array into another one of the same shape. The kernel is created for their layouts. */
    interface CopyKernel extends Kernel {

        /** Writes {@code to}. */
        void copy(INDArray from, INDArray to);
    }

    /**
     * A convolution with square or oblong windows, equally padded on opposite sides.
     *
     * @param input the shape of its input
     * @param outputs number of output channels
     * @param window its window
     * @param bias whether it adds a bias
     */
    record ConvolutionShape(ImageShape input, long outputs, Window window, Bias bias) {

        /** Whether a convolution adds a bias. */
        public enum Bias {
            /** With a bias. */
            PRESENT,
            /** Without a bias. */
            ABSENT
        }

        /** The shape of the output. */
        public ImageShape output() {
            return window.output(input, outputs);
        }

        /** The shape of the weights: {@code [out, in, height, width]}. */
        public long[] weights() {
            return new long[] {outputs, input.channels(), window.height(), window.width()};
        }
    }

    /**
     * Pooling over windows.
     *
     * @param input the shape of its input
     * @param window the window
     * @param kind maximum or mean
     */
    record PoolShape(ImageShape input, Window window, Kind kind) {

        /** The kind of pooling. */
        public enum Kind {
            /** The largest value. */
            MAXIMUM,
            /** The mean of the values inside the picture. */
            AVERAGE
        }

        /** The shape of the output. */
        public ImageShape output() {
            return window.output(input, input.channels());
        }
    }

    /** An operation that is applied to a result before it is written. */
    enum Rectifier {
        /** Nothing. */
        NONE,
        /** {@code max(x, 0)}. */
        RELU
    }

    /** The number format of activations, their gradients, and the weights that convolutions multiply them by. */
    enum Precision {
        /** float32. */
        F32,
        /** bfloat16, float32 with a mantissa of 8 bits. Sums, statistics, parameters and updates stay float32. */
        BF16
    }
}
