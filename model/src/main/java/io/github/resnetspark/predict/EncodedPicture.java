package io.github.resnetspark.predict;

import io.github.resnetspark.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A JPEG, PNG, BMP or WebP file somewhere, read when its turn has come. */
@FunctionalInterface
public interface EncodedPicture {
    /** The longest file that is read, in bytes: 256 MiB. */
    long LONGEST = 256L << 20;

    /**
     * All its bytes.
     *
     * @throws ImageException if this picture cannot be read, while others may be
     * @throws IOException if reading fails
     */
    byte[] read() throws IOException;

    /** A file on a local disk; whatever keeps it from being read is a problem of this picture alone. */
    static EncodedPicture of(Path file) {
        return () -> {
            try {
                if (Files.isDirectory(file)) {
                    throw new ImageException("It is a directory, not a picture.");
                }
                if (Files.exists(file) && !Files.isRegularFile(file)) {
                    throw new ImageException("It is a device, not a picture.");
                }
                long length = Files.size(file);
                if (length > LONGEST) {
                    throw tooLong(length);
                }
                return Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                throw new ImageException("There is no such file.", e);
            } catch (IOException e) {
                throw new ImageException("The file cannot be read: " + e + ".", e);
            }
        };
    }

    /** What is said of a longer file. */
    static ImageException tooLong(long length) {
        return new ImageException("The file has " + length + " bytes, more than the limit of " + LONGEST + ".");
    }
}
