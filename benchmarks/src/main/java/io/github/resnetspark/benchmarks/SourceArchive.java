package io.github.resnetspark.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A small {@code ILSVRC2012_img_train.tar}: an archive of two archives. */
final class SourceArchive {
    private static final List<String> SYNSETS = List.of("n01440764", "n01443537");

    private SourceArchive() {}

    /** Writes this number of pictures by repeating the given ones. */
    static Path write(Path folder, List<byte[]> pictures, int count) throws IOException {
        Path file = folder.resolve("ILSVRC2012_img_train.tar");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String synset : SYNSETS) {
                Path inner = inner(folder, synset, pictures, count / SYNSETS.size());
                tar.putArchiveEntry(tar.createArchiveEntry(inner, synset + ".tar"));
                Files.copy(inner, tar);
                tar.closeArchiveEntry();
                Files.delete(inner);
            }
        }
        return file;
    }

    /** The archive of one synset, which is too large for memory. */
    private static Path inner(Path folder, String synset, List<byte[]> pictures, int count) throws IOException {
        Path file = folder.resolve(synset + ".tar");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (int i = 0; i < count; i++) {
                put(tar, synset + "_" + i + ".JPEG", numbered(pictures.get(i % pictures.size()), i));
            }
        }
        return file;
    }

    /** Inserts a comment after the first two bytes of a JPEG, because no two pictures of ImageNet have the same start and end. */
    private static byte[] numbered(byte[] jpeg, int number) {
        ByteBuffer bytes = ByteBuffer.allocate(jpeg.length + 8);
        bytes.put(jpeg, 0, 2).put((byte) 0xff).put((byte) 0xfe).putShort((short) 6);
        return bytes.putInt(number).put(jpeg, 2, jpeg.length - 2).array();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
