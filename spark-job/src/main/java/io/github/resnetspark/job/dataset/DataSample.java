package io.github.resnetspark.job.dataset;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some row groups of a data set, always the same ones: evenly spread over the shards.
 *
 * @param sizes width and height of each picture that was read
 * @param formats the number of these pictures by stored format
 * @param endings the number of these pictures by the ending of their file names in the source; those without an ending are missing
 * @param pictures a few training pictures, of as many classes as possible, by class; of the validation split if there are no others
 */
record DataSample(
        List<Size> sizes, Map<String, Integer> formats, Map<String, Integer> endings, List<ShardRow> pictures) {
    /** The most pictures to show. */
    static final int PICTURES = 24;

    private static final int TRAIN_ROW_GROUPS = 6;
    private static final int VALIDATION_ROW_GROUPS = 2;
    private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,5})$");

    /** In pixels. */
    record Size(int width, int height) {
        int shortSide() {
            return Math.min(width, height);
        }
    }

    /** Reads the sample. */
    static DataSample read(ShardDirectory directory, Manifest manifest) {
        DataSample sample = new DataSample(new ArrayList<>(), new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        Choice choice = new Choice();
        boolean trains = manifest.examples(Split.TRAIN) > 0;
        for (Split split : Split.values()) {
            int most = split == Split.TRAIN ? TRAIN_ROW_GROUPS : VALIDATION_ROW_GROUPS;
            for (RowGroup rowGroup : spread(rowGroups(manifest.shards(split)), most)) {
                boolean shown = split == Split.TRAIN || !trains;
                for (ShardRow row : rowGroup.read(directory)) {
                    sample.add(row);
                    if (shown) {
                        choice.offer(row);
                    }
                }
            }
        }
        sample.pictures().addAll(choice.chosen());
        return sample;
    }

    private void add(ShardRow row) {
        sizes.add(new Size(row.width(), row.height()));
        formats.merge(format(row.bytes()), 1, Integer::sum);
        Matcher ending = ENDING.matcher(row.path());
        if (ending.find()) {
            endings.merge(ending.group(1).toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
    }

    private static String format(byte[] encoded) {
        try {
            return ImageHeader.of(encoded).format().name();
        } catch (ImageException e) {
            return "unreadable";
        }
    }

    /** Place of a row group. */
    private record RowGroup(String shard, int number) {
        List<ShardRow> read(ShardDirectory directory) {
            try (ShardReader reader =
                    ShardReader.open(directory.file(shard), directory.storage().configuration())) {
                return reader.readRowGroup(number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<RowGroup> rowGroups(List<Manifest.Shard> shards) {
        List<RowGroup> all = new ArrayList<>();
        for (Manifest.Shard shard : shards) {
            for (int number = 0; number < shard.rowGroups().size(); number++) {
                all.add(new RowGroup(shard.name(), number));
            }
        }
        return all;
    }

    private static List<RowGroup> spread(List<RowGroup> all, int most) {
        int count = Math.min(most, all.size());
        List<RowGroup> some = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            some.add(all.get((int) ((long) index * all.size() / count)));
        }
        return some;
    }

    /** Chooses the first pictures of as many classes as possible, and keeps few others in memory meanwhile. */
    private static final class Choice {
        /** @param turn 0 for the first picture of its class */
        private record Candidate(ShardRow row, int turn) {}

        private final Map<Integer, Integer> turns = new HashMap<>();
        private final List<Candidate> candidates = new ArrayList<>();

        void offer(ShardRow row) {
            int turn = turns.merge(row.label(), 1, Integer::sum) - 1;
            long before = candidates.stream()
                    .filter(candidate -> candidate.turn() <= turn)
                    .count();
            if (before < PICTURES) {
                candidates.add(new Candidate(row, turn));
            }
        }

        List<ShardRow> chosen() {
            return candidates.stream()
                    .sorted(Comparator.comparingInt(Candidate::turn))
                    .limit(PICTURES)
                    .map(Candidate::row)
                    .sorted(Comparator.comparingInt(ShardRow::label))
                    .toList();
        }
    }
}
