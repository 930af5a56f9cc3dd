package io.github.resnetspark.job.dataset;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.Thumbnail;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.storage.Storage;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The pictures that prepare has rejected.
 *
 * @param first with a picture, where one can be shown
 * @param more the number of the others, which only the manifest has
 */
record RejectedPictures(List<Rejected> first, int more) {
    /** The most pictures to show. */
    static final int PICTURES = 48;

    private static final int LONGEST = 32 << 20;
    /** Larger pictures are read with fewer pixels. */
    private static final int SIDE = 192;

    private static final String VALIDATION = "validation/";
    private static final List<String> VALIDATION_FOLDERS = List.of(VALIDATION, "val/", "test/");

    /**
     * One picture.
     *
     * @param thumbnail a {@code data:} URI; empty if nothing of it can be decoded, or if it is in an archive or a table
     */
    record Rejected(String path, String reason, Optional<String> thumbnail) {}

    /** @param source of the data set */
    static RejectedPictures of(Manifest manifest, Path source, Storage storage) {
        boolean files =
                SourceFormat.CLASS_FOLDERS.key().equals(manifest.options().get("format"));
        List<Rejected> first = new ArrayList<>();
        for (Quarantined picture :
                manifest.quarantined().stream().limit(PICTURES).toList()) {
            first.add(new Rejected(
                    picture.path(),
                    picture.reason(),
                    files ? thumbnail(picture.path(), source, storage) : Optional.empty()));
        }
        return new RejectedPictures(first, manifest.quarantined().size() - first.size());
    }

    /** What the manifest calls validation may be a folder with another name. */
    private static Optional<String> thumbnail(String path, Path source, Storage storage) {
        if (!path.startsWith(VALIDATION)) {
            return read(source, path, storage);
        }
        String rest = path.substring(VALIDATION.length());
        return VALIDATION_FOLDERS.stream()
                .flatMap(folder -> read(source, folder + rest, storage).stream())
                .findFirst();
    }

    private static Optional<String> read(Path source, String path, Storage storage) {
        try (InputStream in = storage.open(new Path(source, path))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            return bytes.length > LONGEST ? Optional.empty() : decoded(bytes).map(Thumbnail::of);
        } catch (IOException | RuntimeException e) {
            // It was rejected for a reason, which the page has.
            return Optional.empty();
        }
    }

    /** A lenient decoder, because what is left of a damaged picture helps to find out what happened to it. */
    private static Optional<BufferedImage> decoded(byte[] bytes) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > ImageCodec.DEFAULT_MAXIMUM_PIXELS) {
                    return Optional.empty();
                }
                ImageReadParam param = reader.getDefaultReadParam();
                int every = Math.max(1, Math.min(width, height) / SIDE);
                param.setSourceSubsampling(every, every, 0, 0);
                return Optional.of(withoutTransparency(reader.read(0, param)));
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage withoutTransparency(BufferedImage image) {
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = plain.createGraphics();
        try {
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return plain;
    }
}
