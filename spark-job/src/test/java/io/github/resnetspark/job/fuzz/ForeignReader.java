package io.github.resnetspark.job.fuzz;

import java.util.List;

/**
 * Something that reads files of strangers.
 *
 * @param name for the report
 * @param sound files that it reads without complaint
 * @param mostBytes that it may take from the heap for one small file
 * @param reading what it does with a file's bytes
 */
record ForeignReader(String name, List<byte[]> sound, long mostBytes, Reading reading) {
    /** Reads a file; whatever it throws is judged. */
    interface Reading {
        void read(byte[] bytes) throws Exception;
    }
}
