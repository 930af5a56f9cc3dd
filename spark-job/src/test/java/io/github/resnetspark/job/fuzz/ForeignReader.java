package io.github.resnetspark.job.fuzz;

import java.util.List;

/**
 * Code that reads untrusted files.
 *
 * @param name for the report
 * @param sound files that it reads without an error
 * @param mostBytes limit of the heap that it may use for one small file
 * @param reading the code that reads the bytes of a file
 */
record ForeignReader(String name, List<byte[]> sound, long mostBytes, Reading reading) {
    /** Reads a file. Everything that it throws is judged. */
    interface Reading {
        void read(byte[] bytes) throws Exception;
    }
}
