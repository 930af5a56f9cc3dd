package io.github.resnetspark.job.replica;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.job.TrainingFailures;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The resources that Spark assigned to a task: cores, and a GPU if one was requested. A replica belongs to a slot,
 * because its arrays are on one device.
 *
 * @param cores {@code spark.task.cpus}; 0 outside a task, where threads are not limited
 * @param gpu address of its GPU, as printed by the discovery script, such as {@code 0}
 */
public record TaskSlot(int cores, Optional<String> gpu) {
    /** Spark's name for the resource. */
    private static final String GPU = "gpu";

    /** The slot of the task on this thread. */
    public static TaskSlot current() {
        TaskContext task = TaskContext.get();
        return task == null ? new TaskSlot(0, Optional.empty()) : of(task.cpus(), task.resourcesJMap());
    }

    static TaskSlot of(int cores, Map<String, ResourceInformation> resources) {
        ResourceInformation gpus = resources.get(GPU);
        if (gpus == null) {
            return new TaskSlot(cores, Optional.empty());
        }
        if (gpus.addresses().length != 1) {
            throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.severalGpus(gpus.addresses().length));
        }
        return new TaskSlot(cores, Optional.of(gpus.addresses()[0]));
    }

    /**
     * Binds this thread to the slot: OpenMP, and so oneDNN, uses its number of cores, and ND4J uses its GPU. Both
     * settings belong to the thread, so a replica's own thread calls this once.
     *
     * @throws FailureException if there is no such GPU
     */
    void bindThread() {
        // Loads ND4J's backend. The holder does not, and if it is used first, it fails for the rest of the process.
        boolean onCpu = Nd4j.getEnvironment().isCPU();
        if (cores > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(cores);
        }
        if (gpu.isPresent() && !onCpu) {
            Nd4j.getAffinityManager()
                    .unsafeSetDevice(device(Nd4j.getAffinityManager().getNumberOfDevices()));
        }
    }

    /** CUDA's index of the GPU. */
    int device(int devices) {
        String address = gpu.orElseThrow();
        if (!address.matches("[0-9]{1,4}") || Integer.parseInt(address) >= devices) {
            throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.unknownGpu(address, devices));
        }
        return Integer.parseInt(address);
    }
}
