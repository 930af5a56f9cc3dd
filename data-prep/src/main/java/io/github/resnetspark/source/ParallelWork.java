package io.github.resnetspark.source;

import java.util.List;
import org.apache.spark.api.java.function.Function;

/** Does the same to many items at once, wherever there are hands. */
public interface ParallelWork {
    /**
     * Applies a function to each item.
     *
     * @param doing what is done, for the log, such as «Reading archives»
     * @param function travels to where the work is done, as do the items, and the results back
     * @return the results in the order of the items
     */
    <T, R> List<R> run(String doing, List<T> items, Function<T, R> function);
}
