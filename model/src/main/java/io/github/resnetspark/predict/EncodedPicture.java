package io.github.resnetspark.predict;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.message.model.PredictionNotices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A JPEG, PNG, BMP or WebP file that is read when it is needed. */
@FunctionalInterface
public interface EncodedPicture {
    /** The size limit of a file, in bytes: 256 MiB. */
    long LONGEST = 256L << 20;

    /**
     * Returns all bytes of the file.
     *
     * @throws ImageException if this picture cannot be read but others may be
     * @throws IOException if reading fails
     */
    byte[] read() throws IOException;

    /** A file on a local disk. If it cannot be read, only this picture has a problem. */
    static EncodedPicture of(Path file) {
        return () -> {
            try {
                if (Files.isDirectory(file)) {
                    throw new ImageException(PredictionNotices.directory());
                }
                if (Files.exists(file) && !Files.isRegularFile(file)) {
                    throw new ImageException(PredictionNotices.device());
                }
                long length = Files.size(file);
                if (length > LONGEST) {
                    throw tooLong(length);
                }
                return Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                throw new ImageException(PredictionNotices.noSuchFile(), e);
            } catch (IOException e) {
                throw new ImageException(PredictionNotices.unreadable(e.toString()), e);
            }
        };
    }

    /** The exception for a file above the size limit. */
    static ImageException tooLong(long length) {
        return new ImageException(PredictionNotices.tooLong(length, LONGEST));
    }
}
