package io.github.resnetspark.job.run;

import io.github.resnetspark.job.checkpoint.Position;
import io.github.resnetspark.job.input.MinibatchSource;
import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.job.schedule.LearningRateSchedule;
import java.util.Optional;

/**
 * All that a run of {@link AveragingTrainer} depends on, but for the state that it starts from.
 *
 * @param replica the network and how it learns
 * @param training the pictures to train on
 * @param validation the pictures to choose the best state by; without them the last state is the best
 * @param epochs passes over the training pictures
 * @param validateEvery epochs from one validation to the next; the last epoch is always validated
 * @param batchSize pictures of one minibatch of one worker
 * @param averaging how often the workers are averaged, and what is made of the average
 * @param workers replicas that train side by side
 * @param shuffleWindow row groups whose pictures are shuffled together
 * @param seed of the order of the pictures
 * @param schedule the learning rate by epochs done
 * @param earlyStop when to end before the last epoch
 * @param sample training pictures to be classified with every validation
 */
public record TrainingPlan(
        ReplicaSpec replica,
        MinibatchSource training,
        Optional<MinibatchSource> validation,
        int epochs,
        int validateEvery,
        int batchSize,
        AveragingRule averaging,
        int workers,
        int shuffleWindow,
        long seed,
        LearningRateSchedule schedule,
        EarlyStop earlyStop,
        Optional<Sample> sample) {

    /**
     * Builds a plan of one epoch by one worker that is averaged after every minibatch and never validated, and lets all of that
     * be set.
     */
    public static Builder builder(ReplicaSpec replica, MinibatchSource training, LearningRateSchedule schedule) {
        return new Builder(replica, training, schedule);
    }

    /** The same to begin with, to build another one. */
    public Builder toBuilder() {
        return new Builder(replica, training, schedule)
                .validation(validation, validateEvery)
                .epochs(epochs)
                .workers(workers, batchSize)
                .averaging(averaging)
                .order(shuffleWindow, seed)
                .earlyStop(earlyStop)
                .sample(sample);
    }

    /** Whether the state after an epoch (from 0) is to be validated. */
    boolean validatesAfter(int epoch) {
        return (epoch + 1) % validateEvery == 0 || epoch + 1 == epochs;
    }

    /** The share of the whole run that is done at a position, 0 to 1. */
    double done(Position position) {
        long examples =
                training.shards().rowGroups().stream().mapToLong(RowGroup::rows).sum();
        return (position.epoch() + (double) position.example() / examples) / epochs;
    }

    /**
     * Training pictures that are classified with every validation, to know the training error.
     *
     * @param source all training pictures, as evaluation sees them
     * @param examples how many of them, at least; all where there are fewer
     */
    public record Sample(MinibatchSource source, int examples) {}

    /** See {@link TrainingPlan} for what each is. */
    public static final class Builder {
        private final ReplicaSpec replica;
        private final MinibatchSource training;
        private LearningRateSchedule schedule;
        private Optional<MinibatchSource> validation = Optional.empty();
        private int validateEvery = 1;
        private int epochs = 1;
        private int workers = 1;
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
                    validation,
                    epochs,
                    validateEvery,
                    batchSize,
                    averaging,
                    workers,
                    shuffleWindow,
                    seed,
                    schedule,
                    earlyStop,
                    sample);
        }
    }
}
