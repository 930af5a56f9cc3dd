package io.github.resnetspark.job.worker;

import io.github.resnetspark.job.averaging.RawFloats;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's parameters and updater state where they lie, outside the Java heap. The machine's byte order is taken to be the
 * little-endian one of {@link RawFloats}, as it is wherever ND4J runs.
 */
public final class NativeState {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

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

    /** All slices, in order, where they lie; one with both parameters and updater state is a copy. */
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

    /** The bytes of a slice: parameters and updater state lie in two places. */
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

    /** The parameters {@code [numParams]} themselves, not a copy. */
    public FloatBuffer parameters() {
        return new FloatPointer(net.params().data().addressPointer())
                .capacity(net.params().length())
                .asBuffer();
    }

    private static ByteBuffer bytes(INDArray array, long begin, long end) {
        return new BytePointer(array.data().addressPointer())
                .position(begin)
                .capacity(end)
                .asBuffer();
    }
}
