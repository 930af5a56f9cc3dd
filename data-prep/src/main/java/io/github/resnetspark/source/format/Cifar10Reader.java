package io.github.resnetspark.source.format;

import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.source.PictureReader;
import io.github.resnetspark.source.PictureReader.PictureSink;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * Reads CIFAR-10's records. Each file is read once from start to end, because seeking to every record of a shuffled
 * shard would be slow on HDFS. All records of one request are in memory at once.
 *
 * @param folder the folder that the examples' files are relative to
 */
record Cifar10Reader(String folder) implements PictureReader {
    @Override
    public void read(List<SourceExample> examples, Storage storage, PictureSink sink) throws IOException {
        byte[][] records = records(examples, storage);
        for (int i = 0; i < records.length; i++) {
            SourceExample example = examples.get(i);
            RgbImage image = Cifar10Record.image(records[i]);
            records[i] = null;
            sink.pixels(example.path(), example.label(), image);
        }
    }

    private byte[][] records(List<SourceExample> examples, Storage storage) throws IOException {
        Map<String, List<Integer>> positionsByFile = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            positionsByFile
                    .computeIfAbsent(examples.get(i).file(), file -> new ArrayList<>())
                    .add(i);
        }
        byte[][] records = new byte[examples.size()][];
        for (Map.Entry<String, List<Integer>> file : positionsByFile.entrySet()) {
            List<Integer> positions = file.getValue();
            positions.sort(
                    Comparator.comparingLong(position -> examples.get(position).offset()));
            try (DataInputStream in = new DataInputStream(
                    new BufferedInputStream(storage.open(new Path(folder, file.getKey())), 1 << 18))) {
                long next = 0;
                for (int position : positions) {
                    in.skipNBytes(examples.get(position).offset() - next);
                    records[position] = new byte[Cifar10Record.LENGTH];
                    in.readFully(records[position]);
                    next = examples.get(position).offset() + Cifar10Record.LENGTH;
                }
            }
        }
        return records;
    }

    /**
     * A record of CIFAR-10's binary version: one label byte, then 32 × 32 red, green and blue bytes, each plane row by
     * row.
     */
    static final class Cifar10Record {
        static final int SIDE = 32;
        static final int CLASSES = 10;
        static final int LENGTH = 1 + RgbImage.CHANNELS * SIDE * SIDE;

        private Cifar10Record() {}

        static int label(byte[] record) {
            return record[0] & 0xff;
        }

        static RgbImage image(byte[] record) {
            int plane = SIDE * SIDE;
            byte[] pixels = new byte[RgbImage.CHANNELS * plane];
            for (int i = 0; i < plane; i++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    pixels[i * RgbImage.CHANNELS + channel] = record[1 + channel * plane + i];
                }
            }
            return new RgbImage(SIDE, SIDE, pixels);
        }
    }
}
