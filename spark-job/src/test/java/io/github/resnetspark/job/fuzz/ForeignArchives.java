package io.github.resnetspark.job.fuzz;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.source.PictureReader.PictureSink;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.format.PictureSources;
import io.github.resnetspark.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives of pictures: those of CIFAR-10, which are unpacked, and those of ILSVRC2012, which are indexed. */
final class ForeignArchives {
    private static final long MOST_BYTES = 64L << 20;
    private static final int RECORD = 3073;
    private static final Storage STORAGE = Storage.of(new Configuration());

    private ForeignArchives() {}

    static List<ForeignReader> readers(Path folder) throws IOException {
        Map<String, byte[]> batches = Map.of(
                "cifar-10-batches-bin/data_batch_1.bin",
                new byte[2 * RECORD],
                "cifar-10-batches-bin/batches.meta.txt",
                "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n".getBytes(StandardCharsets.US_ASCII));
        byte[] plain = tar(batches, false);
        byte[] attributes = tar(batches, true);
        byte[] picture = new ImageCodec().encodePng(new RgbImage(2, 2, new byte[12]));
        byte[] synset = tar(Map.of("n01440764_1.JPEG", picture, "n".repeat(120) + ".JPEG", picture), true);
        byte[] train =
                tar(Map.of("n01440764.tar", synset, "./n01739381.tar", tar(Map.of("a.JPEG", picture), false)), false);
        return List.of(
                reader(folder, "c.tar", List.of(plain, attributes)),
                reader(folder, "c.tar.gz", List.of(gzip(plain))),
                reader(folder, "c.tar.xz", List.of(xz(plain))),
                reader(folder, "ILSVRC2012_img_train.tar", List.of(train)));
    }

    private static ForeignReader reader(Path folder, String name, List<byte[]> sound) {
        return new ForeignReader(name, sound, MOST_BYTES, bytes -> {
            Files.write(folder.resolve(name), bytes);
            prepare(folder.resolve(name), folder.resolve("unpacked"));
        });
    }

    private static void prepare(Path archive, Path unpacked) throws IOException {
        SourceListing listing = PictureSources.open(
                        PrepareSettings.of(archive.toUri().toString()), STORAGE)
                .list(new org.apache.hadoop.fs.Path(unpacked.toUri()), new Here());
        listing.reader().read(listing.train(), STORAGE, new Nowhere());
    }

    private static byte[] tar(Map<String, byte[]> files, boolean withAttributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(
                    withAttributes ? TarArchiveOutputStream.LONGFILE_POSIX : TarArchiveOutputStream.LONGFILE_GNU);
            for (Map.Entry<String, byte[]> file : new LinkedHashMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                if (withAttributes) {
                    entry.addPaxHeader("SCHILY.xattr.user.note", "0,512,1024");
                    entry.addPaxHeader("mtime", "1700000000.25");
                }
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static byte[] xz(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new XZOutputStream(zipped, new LZMA2Options(0))) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** Runs the work sequentially in this thread. */
    private static final class Here implements ParallelWork {
        @Override
        public <T, R> List<R> run(String doing, List<T> items, Function<T, R> function) {
            List<R> results = new ArrayList<>();
            for (T item : items) {
                try {
                    results.add(function.call(item));
                } catch (SourceException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return results;
        }
    }

    /** The contents of a picture must not matter to its archive. */
    private static final class Nowhere implements PictureSink {
        @Override
        public void encoded(String path, int label, byte[] encoded) {}

        @Override
        public void pixels(String path, int label, RgbImage image) {}

        @Override
        public void reject(Quarantined picture) {}
    }
}
