package io.github.resnetspark.network;

import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The forward pass of the CIFAR networks as in the papers, in plain loops over one picture {@code [channel][row][column]}, with
 * running statistics. It uses nothing of DL4J's graph but the weights.
 */
final class PaperNetwork {
    private final ResNetSpec spec;
    private final Map<String, INDArray> weights;

    PaperNetwork(ResNetSpec spec, ComputationGraph network) {
        this.spec = spec;
        this.weights = network.paramTable();
    }

    double[] probabilities(double[][][] picture) {
        boolean preact = spec.variant() == Variant.PREACT;
        double[][][] x = relu(norm("stem-bn", convolution("stem-conv", picture, 1)));
        int blocks = (spec.depth() - 2) / (spec.block() == Block.BASIC ? 6 : 9);
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 1; block <= blocks; block++) {
                String name = "stage" + stage + "-block" + block;
                int stride = stage > 1 && block == 1 ? 2 : 1;
                boolean first = stage == 1 && block == 1;
                x = preact ? preActivation(name, x, stride, first) : postActivation(name, x, stride);
            }
        }
        return softmax(preact ? relu(norm("final-bn", x)) : x);
    }

    /** He et al. 2015: y = F(x) + h(x), then ReLU; F is conv-BN-ReLU-conv-BN, or three convolutions. */
    private double[][][] postActivation(String name, double[][][] x, int stride) {
        double[][][] residual;
        if (spec.block() == Block.BASIC) {
            residual = relu(norm(name + "-bn1", convolution(name + "-conv1", x, stride)));
            residual = norm(name + "-bn2", convolution(name + "-conv2", residual, 1));
        } else {
            boolean strideIn1x1 = spec.variant() == Variant.V1;
            residual = relu(norm(name + "-bn1", convolution(name + "-conv1", x, strideIn1x1 ? stride : 1)));
            residual = relu(norm(name + "-bn2", convolution(name + "-conv2", residual, strideIn1x1 ? 1 : stride)));
            residual = norm(name + "-bn3", convolution(name + "-conv3", residual, 1));
        }
        return relu(sum(residual, shortcut(name, x, residual.length, stride, c -> norm(name + "-shortcut-bn", c))));
    }

    /** He et al. 2016: y = F(x) + h(x) with nothing after it; F is BN-ReLU-conv two or three times. */
    private double[][][] preActivation(String name, double[][][] x, int stride, boolean first) {
        // Both paths of the first unit read the activation that follows the first convolution.
        double[][][] active = first ? x : relu(norm(name + "-bn1", x));
        double[][][] residual = convolution(name + "-conv1", active, stride);
        residual = convolution(name + "-conv2", relu(norm(name + "-bn2", residual)), 1);
        if (spec.block() == Block.BOTTLENECK) {
            residual = convolution(name + "-conv3", relu(norm(name + "-bn3", residual)), 1);
        }
        boolean sameShape = x.length == residual.length && stride == 1;
        boolean identity = sameShape && spec.shortcut() != Shortcut.C;
        return sum(residual, shortcut(name, identity ? x : active, residual.length, stride, c -> c));
    }

    private double[][][] shortcut(
            String name, double[][][] x, int out, int stride, Function<double[][][], double[][][]> norm) {
        if (spec.shortcut() == Shortcut.NONE) {
            return null;
        }
        if (x.length == out && stride == 1 && spec.shortcut() != Shortcut.C) {
            return x;
        }
        boolean averages = spec.variant() == Variant.D && stride == 2;
        double[][][] read = averages ? averagePool(x) : x;
        if (spec.shortcut() == Shortcut.B || spec.shortcut() == Shortcut.C) {
            return norm.apply(convolution(name + "-shortcut-conv", read, averages ? 1 : stride));
        }
        int before = spec.shortcut() == Shortcut.A ? (out - x.length) / 2 : 0;
        int step = averages ? 1 : stride;
        int size = (read[0].length + step - 1) / step;
        double[][][] padded = new double[out][size][size];
        for (int channel = 0; channel < x.length; channel++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    padded[before + channel][row][column] = read[channel][row * step][column * step];
                }
            }
        }
        return padded;
    }

    /** torch's AvgPool2d(2, 2, ceil_mode=True, count_include_pad=False): the mean of the values inside the picture. */
    static double[][][] averagePool(double[][][] x) {
        int size = x[0].length;
        int windows = (int) Math.ceil((size - 2) / 2.0) + 1;
        double[][][] y = new double[x.length][windows][windows];
        for (int channel = 0; channel < x.length; channel++) {
            for (int row = 0; row < windows; row++) {
                for (int column = 0; column < windows; column++) {
                    double sum = 0;
                    int count = 0;
                    for (int i = 2 * row; i < Math.min(2 * row + 2, size); i++) {
                        for (int j = 2 * column; j < Math.min(2 * column + 2, size); j++) {
                            sum += x[channel][i][j];
                            count++;
                        }
                    }
                    y[channel][row][column] = sum / count;
                }
            }
        }
        return y;
    }

    private double[][][] convolution(String name, double[][][] x, int stride) {
        INDArray w = weights.get(name + "_W");
        INDArray bias = weights.get(name + "_b");
        int out = (int) w.size(0);
        int kernel = (int) w.size(2);
        double[] values = w.dup('c').data().asDouble();
        int padding = kernel / 2;
        int size = (x[0].length + 2 * padding - kernel) / stride + 1;
        double[][][] y = new double[out][size][size];
        for (int o = 0; o < out; o++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    double sum = bias == null ? 0 : bias.getDouble(o);
                    for (int c = 0; c < x.length; c++) {
                        for (int i = 0; i < kernel; i++) {
                            for (int j = 0; j < kernel; j++) {
                                int at = row * stride + i - padding;
                                int beside = column * stride + j - padding;
                                if (at >= 0 && at < x[c].length && beside >= 0 && beside < x[c].length) {
                                    sum += values[((o * x.length + c) * kernel + i) * kernel + j] * x[c][at][beside];
                                }
                            }
                        }
                    }
                    y[o][row][column] = sum;
                }
            }
        }
        return y;
    }

    private double[][][] norm(String name, double[][][] x) {
        if (!weights.containsKey(name + "_gamma")) {
            return x;
        }
        double[][][] y = new double[x.length][x[0].length][x[0].length];
        for (int channel = 0; channel < x.length; channel++) {
            double scale = weights.get(name + "_gamma").getDouble(channel)
                    / Math.sqrt(weights.get(name + "_var").getDouble(channel) + 1e-5);
            double mean = weights.get(name + "_mean").getDouble(channel);
            double beta = weights.get(name + "_beta").getDouble(channel);
            for (int row = 0; row < x[0].length; row++) {
                for (int column = 0; column < x[0].length; column++) {
                    y[channel][row][column] = (x[channel][row][column] - mean) * scale + beta;
                }
            }
        }
        return y;
    }

    private static double[][][] relu(double[][][] x) {
        double[][][] y = new double[x.length][x[0].length][x[0].length];
        for (int channel = 0; channel < x.length; channel++) {
            for (int row = 0; row < x[0].length; row++) {
                for (int column = 0; column < x[0].length; column++) {
                    y[channel][row][column] = Math.max(0, x[channel][row][column]);
                }
            }
        }
        return y;
    }

    private static double[][][] sum(double[][][] x, double[][][] added) {
        if (added == null) {
            return x;
        }
        double[][][] y = new double[x.length][x[0].length][x[0].length];
        for (int channel = 0; channel < x.length; channel++) {
            for (int row = 0; row < x[0].length; row++) {
                for (int column = 0; column < x[0].length; column++) {
                    y[channel][row][column] = x[channel][row][column] + added[channel][row][column];
                }
            }
        }
        return y;
    }

    /** Mean of each channel, fully connected layer, softmax. */
    private double[] softmax(double[][][] x) {
        INDArray w = weights.get("fc_W");
        double[] logits = new double[spec.classes()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = weights.get("fc_b").getDouble(label);
            for (int channel = 0; channel < x.length; channel++) {
                double mean = 0;
                for (double[] row : x[channel]) {
                    for (double value : row) {
                        mean += value / (row.length * row.length);
                    }
                }
                logits[label] += mean * w.getDouble(channel, label);
            }
        }
        double total = 0;
        for (double logit : logits) {
            total += Math.exp(logit);
        }
        for (int label = 0; label < logits.length; label++) {
            logits[label] = Math.exp(logits[label]) / total;
        }
        return logits;
    }
}
