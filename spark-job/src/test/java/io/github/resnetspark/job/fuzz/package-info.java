/**
 * Fuzzing of every kind of file that is read from outside: breaks sound files by seeded mutations, reads them, and checks what must
 * hold for every file.
 */
package io.github.resnetspark.job.fuzz;
