package io.github.resnetspark.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Standard error on a terminal, with a line of progress at its bottom that stays in its place. Whatever is written
 * otherwise, such as the log, appears above it. The line never wraps, also after the terminal was resized.
 */
public final class ProgressStream extends PrintStream {
    private static final int USUAL_WIDTH = 80;
    private static final long ASKS_WIDTH_EVERY_NANOS = 1_000_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final Writer writer;

    private ProgressStream(Writer writer) {
        super(writer, true, StandardCharsets.UTF_8);
        this.writer = writer;
    }

    /** Puts it in front of standard error. Only for a process whose standard error is a terminal. */
    public static void install() {
        System.setErr(on(new FileOutputStream(FileDescriptor.err), Terminal::width, System::nanoTime));
    }

    /** The stream of this process, if it is on a terminal. */
    public static Optional<ProgressStream> current() {
        return System.err instanceof ProgressStream stream ? Optional.of(stream) : Optional.empty();
    }

    static ProgressStream on(OutputStream terminal, Supplier<OptionalInt> width, LongSupplier nanoTime) {
        return new ProgressStream(new Writer(terminal, width, nanoTime));
    }

    /** Shows a line instead of the one before. */
    public void show(String line) {
        writer.show(line);
    }

    /** Removes the line. */
    public void clear() {
        writer.show("");
    }

    /** Everything goes through here, so that the line and other texts never mix. */
    private static final class Writer extends OutputStream {
        private final OutputStream terminal;
        private final Supplier<OptionalInt> widths;
        private final LongSupplier nanoTime;
        private String line = "";
        private boolean lineIsShown;
        private boolean atStartOfLine = true;
        private int width = USUAL_WIDTH;
        private long askedWidth;

        Writer(OutputStream terminal, Supplier<OptionalInt> widths, LongSupplier nanoTime) {
            this.terminal = terminal;
            this.widths = widths;
            this.nanoTime = nanoTime;
            this.askedWidth = nanoTime.getAsLong() - ASKS_WIDTH_EVERY_NANOS;
        }

        synchronized void show(String next) {
            try {
                if (nanoTime.getAsLong() - askedWidth >= ASKS_WIDTH_EVERY_NANOS) {
                    width = widths.get().orElse(USUAL_WIDTH);
                    askedWidth = nanoTime.getAsLong();
                }
                line = next;
                if (atStartOfLine) {
                    draw();
                    terminal.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public synchronized void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            erase();
            terminal.write(bytes, offset, length);
            atStartOfLine = bytes[offset + length - 1] == '\n';
            if (atStartOfLine) {
                draw();
            }
        }

        /** One write, so that nothing flickers. */
        private void draw() throws IOException {
            // The last column stays free: some terminals wrap there.
            int shown = line.offsetByCodePoints(0, Math.min(width - 1, line.codePointCount(0, line.length())));
            if (shown > 0 || lineIsShown) {
                terminal.write((ERASE + line.substring(0, shown)).getBytes(StandardCharsets.UTF_8));
            }
            lineIsShown = shown > 0;
        }

        private void erase() throws IOException {
            if (lineIsShown) {
                terminal.write(ERASE.getBytes(StandardCharsets.UTF_8));
                lineIsShown = false;
            }
        }

        @Override
        public synchronized void flush() throws IOException {
            terminal.flush();
        }
    }
}
