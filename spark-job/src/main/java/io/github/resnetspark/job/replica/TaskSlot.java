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
 * What Spark gave to a task: so many cores, and a GPU where it was asked for one. A replica belongs to a slot, for its
 * arrays live on one device.
 *
 * @param cores {@code spark.task.cpus}; 0 outside of a task, where nothing was given and nothing is limited
 * @param gpu the address of its GPU as the discovery script printed it, such as {@code 0}
 */
public record TaskSlot(int cores, Optional<String> gpu) {
    /** What Spark calls the resource. */
    private static final String GPU = "gpu";

    /** That of the task on this thread. */
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
     * Makes this thread compute with what the slot has: OpenMP, and with it oneDNN, with its number of cores, and ND4J on
     * its GPU. Both belong to threads, so it is done once on a replica's own.
     *
     * @throws FailureException if there is no such GPU
     */
    void bindThread() {
        // The holder alone does not look for a backend; asked first in a process, it fails for good.
        boolean onCpu = Nd4j.getEnvironment().isCPU();
        if (cores > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(cores);
        }
        if (gpu.isPresent() && !onCpu) {
            Nd4j.getAffinityManager()
                    .unsafeSetDevice(device(Nd4j.getAffinityManager().getNumberOfDevices()));
        }
    }

    /** The index by which CUDA knows the GPU. */
    int device(int devices) {
        String address = gpu.orElseThrow();
        if (!address.matches("[0-9]{1,4}") || Integer.parseInt(address) >= devices) {
            throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.unknownGpu(address, devices));
        }
        return Integer.parseInt(address);
    }
}
