package io.github.resnetspark.kernels.provider;

import io.github.resnetspark.kernels.provider.ImageShape.Strides;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A library of kernels, opened for one network. Not for two threads at once. Closing it frees every kernel that it made.
 *
 * <p>Another library is a package beside {@code kernels.onednn} that implements this interface and the kernels in it, and one line
 * in {@code Acceleration}.
 */
public interface KernelProvider extends AutoCloseable {

    /** A convolution from one shape to another. */
    ConvolutionKernel convolution(ConvolutionShape shape);

    /** A convolution with what follows it, for prediction. */
    FusedConvolutionKernel fusedConvolution(FusedConvolutionShape shape);

    /** The same with weights that stay what they are: those of its operands are not looked at. */
    FusedConvolutionKernel fusedConvolution(FusedConvolutionShape shape, ConstantWeights weights);

    /**
     * Weights that stay what they are as long as a kernel reads them.
     *
     * @param weights {@code [out, in, height, width]} in C order
     */
    ConstantWeights constant(INDArray weights);

    /** Batch normalisation, alone or with the ReLU that follows it. */
    BatchNormKernel batchNorm(ImageShape shape, float epsilon, Rectifier rectifier);

    /** The sum of two arrays, alone or with the ReLU that follows it. */
    AddKernel add(ImageShape shape, Rectifier rectifier);

    /** A ReLU of its own. */
    ReluKernel relu(ImageShape shape);

    /** Pooling; a global one has the picture as its window. */
    PoolKernel pool(PoolShape shape);

    /** A copy between two arrays of one shape and any strides. */
    CopyKernel copy(ImageShape shape, Strides from, Strides to);

    @Override
    void close();

    /** Something computed on arrays of one shape. Closing it frees its native memory. */
    interface Kernel extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * A convolution {@code y = w * x + b}. Weights and their gradient are {@code [out, in, height, width]} in C order; the
     * bias and its gradient are per channel, {@code null} in a convolution without.
     */
    interface ConvolutionKernel extends Kernel {

        /** Writes {@code y}. */
        void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

        /** Writes the gradient of {@code x}. */
        void backwardInput(INDArray outputGradient, INDArray weights, INDArray inputGradient);

        /** Overwrites the gradients of weights and bias. */
        void backwardParameters(INDArray x, INDArray outputGradient, INDArray weightGradient, INDArray biasGradient);
    }

    /** {@code y = relu((w * x + b) · scale + shift + added)}, or a part of it. */
    interface FusedConvolutionKernel extends Kernel {

        /**
         * What the convolution reads. What its shape does not name is {@code null}.
         *
         * @param x the input
         * @param weights {@code [out, in, height, width]} in C order
         * @param bias per channel
         * @param scale per channel
         * @param shift per channel
         * @param added of the output's shape
         */
        record Operands(INDArray x, INDArray weights, INDArray bias, INDArray scale, INDArray shift, INDArray added) {}

        /** Writes {@code y}, which is none of the operands. */
        void infer(Operands operands, INDArray y);
    }

    /** The weights of a convolution that will not change, as the library likes to read them. */
    interface ConstantWeights extends Kernel {}

    /** Batch normalisation per channel, {@code y = γ (x − mean) / √(variance + ε) + β}, then possibly a ReLU. */
    interface BatchNormKernel extends Kernel {

        /** With the batch's own statistics, which it writes to {@code mean} and {@code variance} (the biased one). */
        void forward(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

        /** With given statistics. */
        void infer(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

        /**
         * The gradients after {@link #forward}, with the statistics that it wrote; where a ReLU is part of it, it must have
         * been this kernel's last forward pass.
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

    /** The sum of two arrays, then possibly a ReLU. */
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

        /** Writes {@code y} and remembers what the backward pass needs. */
        void forward(INDArray x, INDArray y);

        /** Writes {@code y} and remembers nothing. */
        void infer(INDArray x, INDArray y);

        /** Writes the gradient of {@code x} of this kernel's last {@link #forward}. */
        void backward(INDArray outputGradient, INDArray inputGradient);
    }

    /** Copies an array into another of the same shape and the strides that the kernel was made for. */
    interface CopyKernel extends Kernel {

        /** Writes {@code to}. */
        void copy(INDArray from, INDArray to);
    }

    /**
     * A convolution with square or oblong windows, equally padded on opposite sides.
     *
     * @param input what comes in
     * @param outputs channels that go out
     * @param window its window
     * @param bias whether it adds a bias
     */
    record ConvolutionShape(ImageShape input, long outputs, Window window, Bias bias) {

        /** Whether a convolution adds a bias. */
        public enum Bias {
            /** It does. */
            PRESENT,
            /** It does not. */
            ABSENT
        }

        /** What goes out. */
        public ImageShape output() {
            return window.output(input, outputs);
        }
    }

    /**
     * A convolution of a network that predicts, with what follows it applied before anything is written.
     *
     * @param convolution the convolution
     * @param after what follows; applied in the order of the enum
     */
    record FusedConvolutionShape(ConvolutionShape convolution, Set<After> after) {

        /** What may follow a convolution. */
        public enum After {
            /** Times a value per channel, plus a value per channel: batch normalisation with given statistics. */
            NORMALIZE,
            /** Plus an array of the output's shape. */
            ADD,
            /** {@code max(y, 0)}. */
            RECTIFY
        }

        public FusedConvolutionShape {
            after = Set.copyOf(after);
        }
    }

    /**
     * Pooling over windows.
     *
     * @param input what comes in
     * @param window the window
     * @param kind what is taken of it
     */
    record PoolShape(ImageShape input, Window window, Kind kind) {

        /** What is taken of a window. */
        public enum Kind {
            /** The largest value. */
            MAXIMUM,
            /** The mean of the values inside the picture. */
            AVERAGE
        }

        /** What goes out. */
        public ImageShape output() {
            return window.output(input, input.channels());
        }
    }

    /** What is applied to a result before it is written. */
    enum Rectifier {
        /** Nothing. */
        NONE,
        /** {@code max(x, 0)}. */
        RELU
    }

    /** In which numbers convolutions multiply. What goes in and out of a kernel is float32, and so are the sums. */
    enum Precision {
        /** float32. */
        F32,
        /** bfloat16, float32 with a mantissa of 8 bits. */
        BF16
    }
}
