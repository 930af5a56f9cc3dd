package io.github.resnetspark.job.replica;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.job.averaging.BatchNormMoments;
import io.github.resnetspark.job.averaging.BatchNormMoments.RunningStatistics;
import io.github.resnetspark.job.averaging.RawFloats;
import io.github.resnetspark.job.exchange.NetworkState;
import io.github.resnetspark.job.exchange.StateSlices;
import io.github.resnetspark.job.input.FloatArrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Access to a network's parameters and updater state in native memory: reads and writes them as a whole or slice by
 * slice, and describes their order for the averaging. Assumes a little-endian machine, as {@link RawFloats} does, which
 * is true wherever ND4J runs.
 */
public final class GraphState {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ComputationGraph net;

    /** For a network that is initialised. */
    public GraphState(ComputationGraph net) {
        this.net = net;
    }

    /** The parameters of a model directory. */
    public static float[] parameters(Bundle bundle) throws IOException {
        ComputationGraph net = bundle.network();
        try {
            return FloatArrays.read(net.params());
        } finally {
            net.close();
        }
    }

    /** Positions of batch normalization's running statistics. */
    public BatchNormMoments moments() {
        List<RunningStatistics> statistics = new ArrayList<>();
        for (Layer layer : net.getLayers()) {
            if (layer instanceof BatchNormalization) {
                INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
                INDArray variance = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
                // Parameters are views of the flat vector, so their offsets are their positions in it.
                statistics.add(new RunningStatistics(
                        Math.toIntExact(mean.offset()),
                        Math.toIntExact(variance.offset()),
                        Math.toIntExact(mean.length())));
            }
        }
        return new BatchNormMoments(statistics);
    }

    /** A copy of parameters and updater state. */
    public NetworkState read() {
        INDArray updaterState = net.getUpdater().getStateViewArray();
        return new NetworkState(
                FloatArrays.read(net.params()), updaterState == null ? new float[0] : FloatArrays.read(updaterState));
    }

    /** A copy of the parameters, with a momentum of 0. */
    public NetworkState withoutMomentum() {
        float[] parameters = FloatArrays.read(net.params());
        return new NetworkState(
                parameters, new float[parameters.length - 2 * moments().channels()]);
    }

    /** Overwrites parameters and updater state. */
    public void write(NetworkState state) {
        fill(state.parameters());
        INDArray updaterState = net.getUpdater().getStateViewArray();
        if (updaterState != null) {
            FloatArrays.write(state.updaterState(), updaterState);
        }
    }

    /** Overwrites the parameters {@code [numParams]}. */
    public void fill(float[] parameters) {
        FloatArrays.write(parameters, net.params());
    }

    /**
     * Overwrites one slice.
     *
     * @param values its bytes, in buffers of any length
     */
    public void write(StateSlices slices, int slice, ByteBuffer... values) {
        int length = Arrays.stream(values).mapToInt(ByteBuffer::remaining).sum();
        slices.requireSize(slice, length / Float.BYTES);
        Iterator<ByteBuffer> parts = parts(slices, slice).iterator();
        ByteBuffer part = NOTHING;
        for (ByteBuffer piece : values) {
            ByteBuffer left = piece.duplicate();
            while (left.hasRemaining()) {
                part = part.hasRemaining() ? part : parts.next();
                ByteBuffer fits = left.slice(left.position(), Math.min(left.remaining(), part.remaining()));
                left.position(left.position() + fits.remaining());
                part.put(fits);
            }
        }
    }

    /** Sets the momentum to 0. */
    void resetMomentum() {
        INDArray updaterState = net.getUpdater().getStateViewArray();
        if (updaterState != null) {
            updaterState.assign(0);
        }
    }

    /** All slices, in order, as views. Only a slice with both parameters and updater state is a copy. */
    public List<RawFloats> slices(StateSlices slices) {
        return IntStream.range(0, slices.count())
                .mapToObj(slice -> slice(slices, slice))
                .toList();
    }

    private RawFloats slice(StateSlices slices, int slice) {
        List<ByteBuffer> parts = parts(slices, slice);
        if (parts.size() == 1) {
            return new RawFloats(parts.get(0));
        }
        RawFloats copy = RawFloats.zeros(slices.slices().size(slice));
        copy.set(parts.toArray(ByteBuffer[]::new));
        return copy;
    }

    /** The bytes of a slice, in up to two parts, because parameters and updater state are separate arrays. */
    private List<ByteBuffer> parts(StateSlices slices, int slice) {
        long begin = (long) Float.BYTES * slices.slices().start(slice);
        long end = (long) Float.BYTES * slices.slices().start(slice + 1);
        long split = Math.max(begin, Math.min(end, (long) Float.BYTES * slices.parameters()));
        List<ByteBuffer> parts = new ArrayList<>();
        if (begin < split) {
            parts.add(bytes(net.params(), begin, split));
        }
        if (split < end) {
            long ofParameters = (long) Float.BYTES * slices.parameters();
            parts.add(bytes(net.getUpdater().getStateViewArray(), split - ofParameters, end - ofParameters));
        }
        return parts;
    }

    /** The parameters {@code [numParams]} as a view. */
    public FloatBuffer parameters() {
        return floats(net.params());
    }

    /** The updater state as a view, without elements if there is none. */
    FloatBuffer updaterState() {
        INDArray updaterState = net.getUpdater().getStateViewArray();
        return updaterState == null ? FloatBuffer.allocate(0) : floats(updaterState);
    }

    private static FloatBuffer floats(INDArray array) {
        return new FloatPointer(array.data().addressPointer())
                .capacity(array.length())
                .asBuffer();
    }

    private static ByteBuffer bytes(INDArray array, long begin, long end) {
        return new BytePointer(array.data().addressPointer())
                .position(begin)
                .capacity(end)
                .asBuffer();
    }
}
