package io.github.resnetspark.kernels.onednn;

import io.github.resnetspark.kernels.onednn.NativeContext.ScratchMemory;
import org.bytedeco.dnnl.memory;

/**
 * An array in the layout and number format that a primitive requires: a copy in scratch memory, or the array itself if
 * it already has them.
 */
final class ReorderedMemory {
    private final NativeKernel kernel;
    private final memory.desc outsideLayout;
    private final memory outside;
    private final memory.desc insideLayout;
    private final memory inside;
    private final ScratchMemory place;
    private final boolean same;

    private NativeStep in;
    private NativeStep out;

    /**
     * @param outside the array's memory
     * @param layout that the primitive requires
     * @param place scratch memory for one array at a time
     */
    ReorderedMemory(
            NativeKernel kernel, memory.desc outsideLayout, memory outside, memory.desc layout, ScratchMemory place) {
        this.kernel = kernel;
        this.outsideLayout = outsideLayout;
        this.outside = outside;
        this.insideLayout = kernel.own(layout);
        this.place = place;
        this.same = layout.equals(outsideLayout);
        this.inside = same ? outside : kernel.borrowed(layout);
    }

    /** The primitive's argument. */
    memory inside() {
        return inside;
    }

    /** Call before the primitive writes it. */
    void prepare() {
        if (!same) {
            inside.set_data_handle(place.of(insideLayout.get_size()));
        }
    }

    /** Call before the primitive reads it. */
    void bringIn() {
        if (!same) {
            prepare();
            if (in == null) {
                in = kernel.reorder(outsideLayout, outside, insideLayout, inside);
            }
            in.run();
        }
    }

    /** Call after the primitive has written it. */
    void takeOut() {
        if (!same) {
            if (out == null) {
                out = kernel.reorder(insideLayout, inside, outsideLayout, outside);
            }
            out.run();
        }
    }
}
