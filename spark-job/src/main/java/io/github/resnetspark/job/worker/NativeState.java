package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
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
        long at = (long) Float.BYTES * slices.slices().start(slice);
        for (ByteBuffer piece : values) {
            each(slices, at, piece, ByteBuffer::put);
            at += piece.remaining();
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
        RawFloats values = RawFloats.zeros(slices.slices().size(slice));
        long at = (long) Float.BYTES * slices.slices().start(slice);
        each(slices, at, ByteBuffer.wrap(values.bytes()), (here, copy) -> copy.put(here));
        return values;
    }

    /**
     * Does something with the bytes of the state from one on and a piece of as many, part by part: those of parameters and those
     * of updater state lie in two places.
     */
    private void each(StateSlices slices, long at, ByteBuffer piece, BiConsumer<ByteBuffer, ByteBuffer> work) {
        long ofParameters = (long) Float.BYTES * slices.parameters();
        int split = (int) Math.max(0, Math.min(ofParameters - at, piece.remaining()));
        int rest = piece.remaining() - split;
        if (split > 0) {
            work.accept(bytes(net.params(), at, split), piece.slice(piece.position(), split));
        }
        if (rest > 0) {
            INDArray updaterState = net.getUpdater().getStateViewArray();
            work.accept(
                    bytes(updaterState, at + split - ofParameters, rest), piece.slice(piece.position() + split, rest));
        }
    }

    /** The parameters {@code [numParams]} themselves, not a copy. */
    public FloatBuffer parameters() {
        return new FloatPointer(net.params().data().addressPointer())
                .capacity(net.params().length())
                .asBuffer();
    }

    private static ByteBuffer bytes(INDArray array, long begin, int count) {
        return new BytePointer(array.data().addressPointer())
                .position(begin)
                .capacity(begin + count)
                .asBuffer();
    }
}
