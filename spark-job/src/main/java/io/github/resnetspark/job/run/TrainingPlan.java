package io.github.resnetspark.job.run;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.job.recipe.ClusterSettings.Balance;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.InputSizeSchedule;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import java.util.Optional;

/**
 * Everything that determines a run of {@link AveragingTrainer}, except for its initial state.
 *
 * @param replica the network and its training settings
 * @param training training pictures
 * @param inputSizes side of the training pictures by epochs completed
 * @param validation pictures for choosing the best state; without them the last state is used
 * @param epochs number of passes over the training pictures
 * @param validateEvery number of epochs from one validation to the next; there is always one after the last epoch
 * @param batchSize pictures per minibatch and replica
 * @param averaging how often the workers are averaged, and what happens with the average
 * @param workers number of workers, whose replicas train in parallel
 * @param replicas number of replicas of each worker
 * @param balance how the minibatches of a round are split between the workers
 * @param shuffleWindow number of row groups whose pictures are shuffled together
 * @param seed seed of the order of the pictures
 * @param schedule learning rate by epochs completed
 * @param earlyStop when to stop before the last epoch
 * @param sample training pictures that are classified at every validation
 */
public record TrainingPlan(
        ReplicaSpec replica,
        MinibatchSource training,
        InputSizeSchedule inputSizes,
        Optional<MinibatchSource> validation,
        int epochs,
        int validateEvery,
        int batchSize,
        AveragingRule averaging,
        int workers,
        int replicas,
        Balance balance,
        int shuffleWindow,
        long seed,
        LearningRateSchedule schedule,
        EarlyStop earlyStop,
        Optional<Sample> sample) {

    /**
     * A builder whose defaults are one epoch, one worker with one replica, averaging after every minibatch, and no
     * validation.
     */
    public static Builder builder(ReplicaSpec replica, MinibatchSource training, LearningRateSchedule schedule) {
        return new Builder(replica, training, schedule);
    }

    /** A builder that starts with the values of this plan. */
    public Builder toBuilder() {
        return new Builder(replica, training, schedule)
                .inputSizes(inputSizes)
                .validation(validation, validateEvery)
                .epochs(epochs)
                .workers(workers, batchSize)
                .replicas(replicas)
                .balance(balance)
                .averaging(averaging)
                .order(shuffleWindow, seed)
                .earlyStop(earlyStop)
                .sample(sample);
    }

    /** Whether a validation is due after an epoch, from 0. */
    boolean validatesAfter(int epoch) {
        return (epoch + 1) % validateEvery == 0 || epoch + 1 == epochs;
    }

    /** Training pictures of an epoch. */
    long examples() {
        return training.shards().rowGroups().stream().mapToLong(RowGroup::rows).sum();
    }

    /** Pictures of one step of a number of workers together. */
    int picturesPerStep(int count) {
        return count * replicas * batchSize;
    }

    /** The fraction of the whole run that is done at a position, 0 to 1. */
    double done(Position position) {
        return (position.epoch() + (double) position.example() / examples()) / epochs;
    }

    /**
     * Training pictures that are classified at every validation to measure the training error.
     *
     * @param source all training pictures, without augmentation
     * @param examples minimum number to classify; all if there are fewer
     */
    public record Sample(MinibatchSource source, int examples) {}

    /** See {@link TrainingPlan} for the meaning of the values. */
    public static final class Builder {
        private final ReplicaSpec replica;
        private final MinibatchSource training;
        private LearningRateSchedule schedule;
        private InputSizeSchedule inputSizes;
        private Optional<MinibatchSource> validation = Optional.empty();
        private int validateEvery = 1;
        private int epochs = 1;
        private int workers = 1;
        private int replicas = 1;
        private Balance balance = Balance.EVEN;
        private int batchSize = 1;
        private AveragingRule averaging = AveragingRule.plain(1);
        private int shuffleWindow = 1;
        private long seed;
        private EarlyStop earlyStop = EarlyStop.NEVER;
        private Optional<Sample> sample = Optional.empty();

        private Builder(ReplicaSpec replica, MinibatchSource training, LearningRateSchedule schedule) {
            this.replica = replica;
            this.training = training;
            this.schedule = schedule;
            this.inputSizes = InputSizeSchedule.always(training.preprocessing().inputSize());
        }

        public Builder inputSizes(InputSizeSchedule sizes) {
            inputSizes = sizes;
            return this;
        }

        public Builder validation(Optional<MinibatchSource> pictures, int everyEpochs) {
            validation = pictures;
            validateEvery = everyEpochs;
            return this;
        }

        public Builder epochs(int count) {
            epochs = count;
            return this;
        }

        public Builder workers(int count, int picturesPerMinibatch) {
            workers = count;
            batchSize = picturesPerMinibatch;
            return this;
        }

        /** Replicas of each worker. */
        public Builder replicas(int ofEachWorker) {
            replicas = ofEachWorker;
            return this;
        }

        public Builder balance(Balance ofWorkers) {
            balance = ofWorkers;
            return this;
        }

        public Builder averaging(AveragingRule rule) {
            averaging = rule;
            return this;
        }

        public Builder order(int window, long ofSeed) {
            shuffleWindow = window;
            seed = ofSeed;
            return this;
        }

        public Builder schedule(LearningRateSchedule rates) {
            schedule = rates;
            return this;
        }

        public Builder earlyStop(EarlyStop rule) {
            earlyStop = rule;
            return this;
        }

        public Builder sample(Optional<Sample> pictures) {
            sample = pictures;
            return this;
        }

        public TrainingPlan build() {
            return new TrainingPlan(
                    replica,
                    training,
                    inputSizes,
                    validation,
                    epochs,
                    validateEvery,
                    batchSize,
                    averaging,
                    workers,
                    replicas,
                    balance,
                    shuffleWindow,
                    seed,
                    schedule,
                    earlyStop,
                    sample);
        }
    }
}
