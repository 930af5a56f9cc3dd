package io.github.resnetspark.benchmarks;

import io.github.resnetspark.kernels.memory.HugePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;

/**
 * What a speed depends on besides the code.
 *
 * @param cpu model of the processor
 * @param oneDnn version and instruction set of oneDNN
 * @param hugePages which memory the kernel may back with huge pages: {@code always}, {@code madvise} or {@code never};
 *     and the C library's tunables, if there are any
 */
record Machine(String cpu, String oneDnn, String hugePages) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    /** This machine, and the environment of this process. */
    static Machine here() {
        var version = dnnl.dnnl_version();
        return new Machine(
                model(),
                version.major() + "." + version.minor() + "." + version.patch() + " "
                        + dnnl.get_effective_cpu_isa().intern(),
                HugePages.use().orElse("not supported")
                        + Optional.ofNullable(System.getenv("GLIBC_TUNABLES"))
                                .map(set -> ", " + set)
                                .orElse(""));
    }

    private static String model() {
        try {
            return Files.readAllLines(CPUS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
