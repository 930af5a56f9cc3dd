package io.github.resnetspark.kernels.layer;

import io.github.resnetspark.kernels.provider.Addresses;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.KernelProvider.ForwardPass;
import io.github.resnetspark.kernels.provider.KernelProvider.Kernel;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** A network's forward passes that only predict, one for each shape of input. */
public final class Predictions {
    /** Passes of small batches have several sizes. They take little memory of their own. */
    private static final int SHARES = 3;

    private final NetworkKernels network;
    private final ForwardOperations operations;
    private final KernelCache<ImageShape, Pass> passes = new KernelCache<>(SHARES, this::pass);
    /** Counts how often the parameters may have changed. */
    private long version;

    private boolean settled;

    /** For one network. */
    public Predictions(NetworkKernels network, ForwardOperations operations) {
        this.network = network;
        this.operations = operations;
    }

    /** The parameters do not change until {@link #unsettle}, so each pass reads them only once. */
    public void settle() {
        version++;
        settled = true;
    }

    /** The parameters may change again, so each prediction reads them. */
    public void unsettle() {
        settled = false;
    }

    /**
     * Predicts.
     *
     * @param pictures {@code [N, C, H, W]}
     * @return {@code [N, classes]} in separate memory; empty if the network has a layer that only DL4J computes
     */
    @SuppressWarnings("try") // The scope only has to be open.
    public Optional<INDArray> of(INDArray pictures) {
        Pass pass = passes.of(ImageShape.of(pictures));
        if (pass.forward.isEmpty()) {
            return Optional.empty();
        }
        if (!settled) {
            version++;
        }
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray contiguous = contiguous(pictures);
            Pointer probabilities = pass.run(version, Addresses.of(contiguous));
            INDArray result = Nd4j.createUninitialized(DataType.FLOAT, pictures.size(0), pass.classes);
            Pointer.memcpy(Addresses.of(result), probabilities, result.length() * Float.BYTES);
            return Optional.of(result);
        }
    }

    private static INDArray contiguous(INDArray pictures) {
        boolean is = pictures.dataType() == DataType.FLOAT
                && pictures.ordering() == 'c'
                && Shape.hasDefaultStridesForShape(pictures);
        return is ? pictures : pictures.castTo(DataType.FLOAT).dup('c');
    }

    private Pass pass(ImageShape shape) {
        Optional<List<ForwardOperation>> found = operations.on(shape);
        return new Pass(
                found.map(list -> network.forwardPass(shape, list)),
                found.map(Predictions::classes).orElse(0L));
    }

    private static long classes(List<ForwardOperation> operations) {
        return ((ForwardOperation.Classification) operations.get(operations.size() - 1))
                .weights()
                .size(1);
    }

    /** A forward pass, and the version of the parameters that it has read. */
    private static final class Pass implements Kernel {
        private final Optional<ForwardPass> forward;
        private final long classes;
        private long read;

        Pass(Optional<ForwardPass> forward, long classes) {
            this.forward = forward;
            this.classes = classes;
        }

        Pointer run(long version, Pointer pictures) {
            ForwardPass pass = forward.orElseThrow();
            if (read != version) {
                pass.readParameters();
                read = version;
            }
            return pass.run(pictures);
        }

        @Override
        public void close() {
            forward.ifPresent(ForwardPass::close);
        }
    }
}
