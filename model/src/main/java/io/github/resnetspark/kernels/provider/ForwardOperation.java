package io.github.resnetspark.kernels.provider;

import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operation of a forward pass that only predicts. Activations have numbers, and each is the output of one operation
 * or the input of the pass. Arrays of parameters are read whenever the pass is told so, not when it runs.
 */
public sealed interface ForwardOperation {

    /** The activation that it computes. */
    int output();

    /** The activations that it reads. */
    List<Integer> inputs();

    /**
     * A convolution, including the operations that follow it: {@code relu(filter(x) + added)}.
     *
     * @param added an activation of the output's shape
     */
    record Convolution(
            int input, OptionalInt added, int output, ConvolutionShape shape, Filter filter, Rectifier rectifier)
            implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return added.isPresent() ? List.of(input, added.getAsInt()) : List.of(input);
        }
    }

    /** Batch normalisation with the running statistics. */
    record Normalization(int input, int output, ImageShape shape, Statistics statistics, Rectifier rectifier)
            implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    /** The sum of two activations of one shape. */
    record Addition(int left, int right, int output, ImageShape shape, Rectifier rectifier)
            implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(left, right);
        }
    }

    /** {@code max(x, 0)}. */
    record Rectification(int input, int output, ImageShape shape) implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    /** Pooling over windows. */
    record Pooling(int input, int output, PoolShape shape) implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    /** Every {@code strideY}-th row and {@code strideX}-th column of an activation, from the first. */
    record Striding(int input, int output, ImageShape shape, long strideY, long strideX) implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }

        /** The shape of the output. */
        public ImageShape result() {
            return new ImageShape(
                    shape.batch(),
                    shape.channels(),
                    (shape.height() + strideY - 1) / strideY,
                    (shape.width() + strideX - 1) / strideX);
        }
    }

    /** An activation between channels of zeros. */
    record Padding(int input, int output, ImageShape shape, long before, long after) implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }

        /** The shape of the output. */
        public ImageShape result() {
            return new ImageShape(shape.batch(), before + shape.channels() + after, shape.height(), shape.width());
        }
    }

    /**
     * The classes' probabilities, {@code softmax(x · weights + bias)}, in rows of {@code [N, classes]}.
     *
     * @param shape of the input, {@code [N, channels, 1, 1]}
     * @param weights {@code [channels, classes]}
     * @param bias {@code [1, classes]}
     */
    record Classification(int input, int output, ImageShape shape, INDArray weights, INDArray bias)
            implements ForwardOperation {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    /**
     * The parameters of a convolution and of the batch normalisation that may follow it.
     *
     * @param weights {@code [out, in, height, width]} in C order
     * @param bias {@code [1, out]}
     */
    record Filter(INDArray weights, Optional<INDArray> bias, Optional<Statistics> normalization) {
        /** Whether the sum has a bias: a convolution's own one, or the shift of a normalisation. */
        public boolean isBiased() {
            return bias.isPresent() || normalization.isPresent();
        }
    }

    /** The parameters of a batch normalisation, one value per channel each. */
    record Statistics(INDArray gamma, INDArray beta, INDArray mean, INDArray variance, double epsilon) {

        /** Normalisation is {@code x · factor + summand}, per channel. */
        public double[] factors() {
            float[] gammas = Addresses.copyOf(gamma);
            float[] variances = Addresses.copyOf(variance);
            double[] factors = new double[gammas.length];
            for (int channel = 0; channel < factors.length; channel++) {
                factors[channel] = gammas[channel] / Math.sqrt(variances[channel] + epsilon);
            }
            return factors;
        }

        /** The summands that belong to the {@link #factors}. */
        public double[] summands(double... factors) {
            float[] betas = Addresses.copyOf(beta);
            float[] means = Addresses.copyOf(mean);
            double[] summands = new double[factors.length];
            for (int channel = 0; channel < factors.length; channel++) {
                summands[channel] = betas[channel] - means[channel] * factors[channel];
            }
            return summands;
        }
    }
}
