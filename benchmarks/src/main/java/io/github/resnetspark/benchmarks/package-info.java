/** Whole-run benchmarks: each figure beside its baseline, measured in turn in the same run, in processes of their own. */
package io.github.resnetspark.benchmarks;
