package io.github.resnetspark.benchmarks;

/** What is measured: the work of one minibatch. */
@FunctionalInterface
interface Step {
    void run() throws Exception;
}
