package io.github.resnetspark.job.score;

import io.github.resnetspark.job.replica.Replica;
import io.github.resnetspark.job.replica.ReplicaPool;
import io.github.resnetspark.job.replica.ReplicaSpec;
import io.github.resnetspark.predict.Candidate;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.predict.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Appends the results of the network to the rows of a partition.
 *
 * @param replica which network
 * @param model its weights, labels and preprocessing
 * @param column with the pictures
 * @param batchSize pictures that go through the network together
 */
record RowClassifier(ReplicaSpec replica, Broadcast<ScoringModel> model, PictureColumn column, int batchSize)
        implements MapPartitionsFunction<Row, Row> {
    /** The number of values that are appended: see {@link #appended}. */
    private static final int APPENDED = 4;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws InterruptedException {
        if (!rows.hasNext()) {
            return rows;
        }
        // Until there are no more rows: the stages of a pipeline take turns in one task, and each keeps its network.
        ReplicaPool.Loan<Replica> lent = ReplicaPool.loan(replica);
        DecodedBatches<Row> batches = new DecodedBatches<>(
                rows, column::picture, batchSize, model.value().preprocessing());
        Results results = new Results(lent, batches);
        // The task may end before its rows do.
        TaskCompletionListener listener = ended -> results.close();
        TaskContext.get().addTaskCompletionListener(listener);
        return results;
    }

    /** Computes a batch whenever the last one is used up. */
    private final class Results implements Iterator<Row>, AutoCloseable {
        private final ReplicaPool.Loan<Replica> lent;
        private final DecodedBatches<Row> batches;
        private final Deque<Row> ready = new ArrayDeque<>();

        Results(ReplicaPool.Loan<Replica> lent, DecodedBatches<Row> batches) {
            this.lent = lent;
            this.batches = batches;
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty()) {
                try {
                    batches.next().ifPresentOrElse(this::classify, this::close);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("There are no more rows.");
            }
            return ready.remove();
        }

        private void classify(DecodedBatches.Decoded<Row> decoded) {
            ScoringModel scoring = model.value();
            try {
                float[][] probabilities = lent.ask(network -> network.classify(scoring.parameters(), decoded.batch()));
                List<PictureResult> results = decoded.batch().results(scoring.labels(), probabilities);
                for (int i = 0; i < results.size(); i++) {
                    ready.add(appended(decoded.pictures().get(i), results.get(i)));
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        /** A task that computes several partitions, as after {@code coalesce}, needs the network for the next one. */
        @Override
        public void close() {
            batches.close();
            lent.close();
        }

        /** Spark interrupts tasks that it cancels. */
        private static IllegalStateException interrupted(InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("The task was interrupted.", e);
        }
    }

    /** The row with the class's number, its name, the probabilities and the problem. */
    private static Row appended(Row row, PictureResult result) {
        int columns = row.size();
        Object[] values = new Object[columns + APPENDED];
        for (int i = 0; i < columns; i++) {
            values[i] = row.get(i);
        }
        Optional<Prediction> prediction = result.prediction();
        if (prediction.isPresent()) {
            Candidate best = prediction.get().best();
            values[columns] = (double) best.index();
            values[columns + 1] = best.label();
            values[columns + 2] = Vectors.dense(doubles(prediction.get().probabilities()));
        }
        values[columns + 3] = result.problem().orElse(null);
        return RowFactory.create(values);
    }

    private static double[] doubles(float... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
