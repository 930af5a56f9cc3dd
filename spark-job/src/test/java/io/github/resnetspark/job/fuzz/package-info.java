/**
 * Broken files of every kind that is read from outside: made from sound ones by seeded mutations, read, and held against what
 * is promised of any file.
 */
package io.github.resnetspark.job.fuzz;
