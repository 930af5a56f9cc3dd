package io.github.resnetspark.benchmarks;

/** Says that dl4j-spark's own rounds cannot be measured: it was compiled for Scala 2.12 only, and Spark 4 has Scala 2.13. */
final class StockRounds {
    private StockRounds() {}

    /** The main method of the process. */
    public static void main(String[] args) {
        System.err.println("The rounds of dl4j-spark, which is there for Scala 2.12 only, cannot be measured on Spark 4."
                + " Measure them on Spark 3.5.");
        System.exit(2);
    }
}
