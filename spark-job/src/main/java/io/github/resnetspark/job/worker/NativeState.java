package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's parameters and updater state where they lie, outside the Java heap. Slices are copied in and out in one go
 * each; the machine's byte order is taken to be the little-endian one of {@link RawFloats}, as it is wherever ND4J runs.
 */
public final class NativeState {
    private final ComputationGraph net;

    /** Of a network that is ready for use. */
    public NativeState(ComputationGraph net) {
        this.net = net;
    }

    /**
     * Overwrites one slice.
     *
     * @param values its bytes, in pieces of any length
     */
    public void write(StateSlices slices, int slice, ByteBuffer... values) {
        int length = Arrays.stream(values).mapToInt(ByteBuffer::remaining).sum();
        slices.requireSize(slice, length / Float.BYTES);
        long ofParameters = (long) Float.BYTES * slices.parameters();
        long at = (long) Float.BYTES * slices.slices().start(slice);
        for (ByteBuffer piece : values) {
            int split = (int) Math.max(0, Math.min(ofParameters - at, piece.remaining()));
            write(net.params(), at, piece.slice(piece.position(), split));
            at += split;
            int rest = piece.remaining() - split;
            write(updaterState(), at - ofParameters, piece.slice(piece.position() + split, rest));
            at += rest;
        }
    }

    private static void write(INDArray array, long at, ByteBuffer values) {
        if (values.hasRemaining()) {
            bytes(array, at, values.remaining()).put(values);
        }
    }

    /** Copies of all slices, in order. */
    public List<RawFloats> read(StateSlices slices) {
        List<RawFloats> values = new ArrayList<>();
        for (int slice = 0; slice < slices.count(); slice++) {
            values.add(read(slices, slice));
        }
        return values;
    }

    private RawFloats read(StateSlices slices, int slice) {
        byte[] values = new byte[Float.BYTES * slices.slices().size(slice)];
        int parameterBytes = Float.BYTES * slices.ofParameters(slice);
        if (parameterBytes > 0) {
            bytes(net.params(), (long) Float.BYTES * slices.startInParameters(slice), parameterBytes)
                    .get(values, 0, parameterBytes);
        }
        if (parameterBytes < values.length) {
            bytes(
                            updaterState(),
                            (long) Float.BYTES * slices.startInUpdaterState(slice),
                            values.length - parameterBytes)
                    .get(values, parameterBytes, values.length - parameterBytes);
        }
        return new RawFloats(values);
    }

    /** The parameters {@code [numParams]} themselves, not a copy. */
    public FloatBuffer parameters() {
        return new FloatPointer(net.params().data().addressPointer())
                .capacity(net.params().length())
                .asBuffer();
    }

    private INDArray updaterState() {
        return net.getUpdater().getStateViewArray();
    }

    private static ByteBuffer bytes(INDArray array, long begin, int count) {
        return new BytePointer(array.data().addressPointer())
                .position(begin)
                .capacity(begin + count)
                .asBuffer();
    }
}
