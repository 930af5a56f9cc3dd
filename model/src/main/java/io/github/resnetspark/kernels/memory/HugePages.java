package io.github.resnetspark.kernels.memory;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Huge pages of Linux. The first access to each page of new memory costs a page fault, and huge pages need 512 times fewer
 * of them.
 */
public final class HugePages {
    /** The size of a huge page on x86-64, and on ARM with pages of 4 KiB. */
    static final long BYTES = 2 << 20;

    private static final int MADV_HUGEPAGE = 14;

    private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private HugePages() {}

    /**
     * When the kernel of this machine uses them: {@code always}, {@code madvise} or {@code never}; empty if it does not say
     * so.
     */
    public static Optional<String> use() {
        try {
            // The choice is in brackets.
            return Optional.of(Files.readString(SETTING).replaceAll("(?s).*\\[(\\w+)].*", "$1"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Advises the kernel to use them for a range of memory that begins at one. The last bytes, less than a huge page, stay
     * in small pages. Does nothing on other systems.
     */
    static void advise(long address, long bytes) {
        long whole = bytes / BYTES * BYTES;
        // The answer does not matter: the kernel may be built without huge pages, or set to never use them.
        Advice.MADVISE.ifPresent(
                madvise -> madvise.invokeInt(new Object[] {new Pointer(address), whole, MADV_HUGEPAGE}));
    }

    /** Searched once, when the first large block is allocated. */
    private static final class Advice {
        static final Optional<Function> MADVISE = find();

        private static Optional<Function> find() {
            try {
                return Platform.isLinux() ? Optional.of(Function.getFunction("c", "madvise")) : Optional.empty();
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Error e) {
                // JNA throws this type itself if another version of its library is installed. Advice is not worth a
                // failure.
                return Optional.empty();
            }
        }
    }
}
