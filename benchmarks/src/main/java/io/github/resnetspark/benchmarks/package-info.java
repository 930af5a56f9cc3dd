/** Benchmarks of whole runs: each figure and its baseline are measured in turns in the same run, each in its own process. */
package io.github.resnetspark.benchmarks;
