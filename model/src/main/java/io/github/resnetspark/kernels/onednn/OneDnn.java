package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.memory.BlockPool;
import io.github.resnetspark.kernels.provider.ForwardOperation;
import io.github.resnetspark.kernels.provider.ImageShape;
import io.github.resnetspark.kernels.provider.ImageShape.Layout;
import io.github.resnetspark.kernels.provider.KernelProvider;
import io.github.resnetspark.kernels.provider.KernelProvider.AddKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.BatchNormKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.ConvolutionShape;
import io.github.resnetspark.kernels.provider.KernelProvider.CopyKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.ForwardPass;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolKernel;
import io.github.resnetspark.kernels.provider.KernelProvider.PoolShape;
import io.github.resnetspark.kernels.provider.KernelProvider.Precision;
import io.github.resnetspark.kernels.provider.KernelProvider.Rectifier;
import io.github.resnetspark.kernels.provider.KernelProvider.ReluKernel;
import io.github.resnetspark.message.model.KernelReasons;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.buffer.DataType;

/** Kernels of oneDNN. */
public final class OneDnn implements KernelProvider {
    private final NativeContext context;

    /** @param precision of activations */
    public OneDnn(Precision precision) {
        context = new NativeContext(precision);
    }

    /** Why oneDNN cannot be used on this machine; empty if it can. */
    public static Optional<String> obstacle() {
        try {
            Loader.load(dnnl.class);
            if (engine.get_count(engine.kind.cpu) == 0) {
                return Optional.of(KernelReasons.noCpu());
            }
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    /** Whether this CPU multiplies numbers of that format natively. Emulation would be slower than float32. */
    public static boolean multiplies(Precision precision) {
        int needed = cpu_isa.avx512_core_bf16.value;
        return precision == Precision.F32 || (dnnl.get_effective_cpu_isa().value & needed) == needed;
    }

    @Override
    public DataType activationType() {
        return context.activationType();
    }

    @Override
    public ConvolutionKernel convolution(ConvolutionShape shape) {
        return context.register(new OneDnnConvolution(context, shape));
    }

    @Override
    public ForwardPass forwardPass(ImageShape input, List<ForwardOperation> operations, BlockPool.FreeBlocks memory) {
        return context.register(new OneDnnForwardPass(context, input, operations, memory));
    }

    @Override
    public BatchNormKernel batchNorm(ImageShape shape, float epsilon, Rectifier rectifier) {
        return context.register(new OneDnnBatchNorm(context, shape, epsilon, rectifier));
    }

    @Override
    public AddKernel add(ImageShape shape, Rectifier rectifier) {
        return context.register(new OneDnnAdd(context, shape, rectifier));
    }

    @Override
    public ReluKernel relu(ImageShape shape) {
        return context.register(new OneDnnRelu(context, shape));
    }

    @Override
    public PoolKernel pool(PoolShape shape, DataType type) {
        return context.register(new OneDnnPool(context, shape, type));
    }

    @Override
    public CopyKernel copy(ImageShape shape, Layout from, Layout to) {
        return context.register(new OneDnnCopy(context, shape, from, to));
    }

    @Override
    public void close() {
        context.close();
    }
}
