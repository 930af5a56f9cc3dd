package io.github.resnetspark.job.replica;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.spark.TaskSlots;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The resources of a task or of one of its replicas: cores, and GPUs if they were requested. A replica belongs to a
 * slot with at most one GPU, because its arrays are on one device.
 *
 * @param cores {@code spark.task.cpus}, or the part of it that a replica has; 0 outside a task, where threads are not
 *     limited
 * @param gpus addresses of the GPUs, as printed by the discovery script, such as {@code 0}, in rising order
 */
public record TaskSlot(int cores, List<String> gpus) {
    /** The resources of the task on this thread. */
    public static TaskSlot current() {
        TaskContext task = TaskContext.get();
        return task == null ? new TaskSlot(0, List.of()) : of(task.cpus(), task.resourcesJMap());
    }

    static TaskSlot of(int cores, Map<String, ResourceInformation> resources) {
        return new TaskSlot(cores, TaskSlots.gpus(resources));
    }

    /**
     * The slots of the replicas of one worker: equal parts of the cores, at least one core each, and one GPU each.
     *
     * @throws FailureException if there are GPUs, but fewer than replicas
     */
    List<TaskSlot> split(int replicas) {
        if (!gpus.isEmpty() && gpus.size() < replicas) {
            throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.tooFewGpus(gpus.size(), replicas));
        }
        int coresOfEach = cores == 0 ? 0 : Math.max(1, cores / replicas);
        return IntStream.range(0, replicas)
                .mapToObj(replica -> new TaskSlot(coresOfEach, gpus.isEmpty() ? List.of() : List.of(gpus.get(replica))))
                .toList();
    }

    /**
     * Binds this thread to the slot of one replica: OpenMP, and so oneDNN, uses its number of cores, and ND4J uses its GPU. Both
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
        if (!gpus.isEmpty() && !onCpu) {
            Nd4j.getAffinityManager()
                    .unsafeSetDevice(device(Nd4j.getAffinityManager().getNumberOfDevices()));
        }
    }

    /** CUDA's index of the first GPU. */
    int device(int devices) {
        String address = gpus.get(0);
        if (!address.matches("[0-9]{1,4}") || Integer.parseInt(address) >= devices) {
            throw new FailureException(Kind.ENVIRONMENT, TrainingFailures.unknownGpu(address, devices));
        }
        return Integer.parseInt(address);
    }
}
