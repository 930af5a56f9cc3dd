package io.github.resnetspark.job.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of a command in the test's own process.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Console(int code, String out, String err) {
    static Console run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = ResNetSpark.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Console(code, out.toString(), err.toString());
    }
}
