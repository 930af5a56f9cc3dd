package io.github.resnetspark.job.preflight;

import com.sun.management.OperatingSystemMXBean;
import io.github.resnetspark.job.replica.TaskSlot;
import io.github.resnetspark.kernels.memory.HugePages;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Facts about one task slot.
 *
 * @param executor the id of its executor
 * @param host the machine
 * @param cores of the slot
 * @param processors that the executor's process sees, for all its slots
 * @param heap maximum size of the executor's Java heap
 * @param processLimit JavaCPP's {@code maxphysicalbytes} for heap and tensors together; 0 for no limit
 * @param machineMemory memory of the machine, or of the container if there is one
 * @param gpus that Spark assigned to the slot
 * @param programs of its executor
 * @param hugePages whether the machine's kernel may use them
 */
record SlotFacts(
        String executor,
        String host,
        int cores,
        int processors,
        long heap,
        long processLimit,
        long machineMemory,
        List<Gpu> gpus,
        Programs programs,
        boolean hugePages)
        implements Serializable {

    /** The facts about the slot of the task on this thread. */
    static SlotFacts here() {
        TaskSlot slot = TaskSlot.current();
        return new SlotFacts(
                SparkEnv.get().executorId(),
                hostName(),
                slot.cores(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                Pointer.maxPhysicalBytes(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
                // A list type that serializes the same in every Java release.
                new ArrayList<>(slot.gpus().stream().map(SlotFacts::gpu).toList()),
                Programs.here(),
                !HugePages.use().equals(Optional.of("never")));
    }

    private static Gpu gpu(String address) {
        boolean known = !Nd4j.getEnvironment().isCPU() && address.matches("[0-9]{1,4}");
        return new Gpu(
                address,
                known
                        ? NativeOpsHolder.getInstance()
                                .getDeviceNativeOps()
                                .getDeviceTotalMemory(Integer.parseInt(address))
                        : 0);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }

    /**
     * A GPU that Spark assigned to a task.
     *
     * @param address in Spark
     * @param memory total memory in bytes; 0 if ND4J computes on the CPU and does not know
     */
    record Gpu(String address, long memory) implements Serializable {}
}
