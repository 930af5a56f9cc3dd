package io.github.resnetspark.verify;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.message.data.VerifyNotices;
import io.github.resnetspark.shard.ChannelSample;
import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.verify.VerifyJob.Decoding;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Reads one shard completely and collects all problems. */
final class ShardCheck {
    private static final int ROW_PROBLEMS = 100;

    private final ShardDirectory directory;
    private final Manifest.Shard shard;
    private final int formatVersion;
    private final String fingerprint;
    private final Decoding decoding;
    private final ChannelSample sample;
    private final ImageCodec codec = new ImageCodec();
    private final List<String> problems = new ArrayList<>();
    private final ChannelSums.Builder channels = new ChannelSums.Builder();
    private final long[] perClass;
    private long examples;
    private long decoded;
    private long rowProblems;

    ShardCheck(
            ShardDirectory directory,
            Manifest.Shard shard,
            int formatVersion,
            String fingerprint,
            int classes,
            Decoding decoding,
            ChannelSample sample) {
        this.directory = directory;
        this.shard = shard;
        this.formatVersion = formatVersion;
        this.fingerprint = fingerprint;
        this.decoding = decoding;
        this.sample = sample;
        this.perClass = new long[classes];
    }

    Findings findings() {
        try {
            checkFile();
            checkRows();
        } catch (FileNotFoundException e) {
            problems.add(VerifyNotices.missing(shard.name()));
        } catch (IOException e) {
            unreadable(ShardsUnavailableException.reading(directory.file(shard.name()), e));
        }
        if (rowProblems > ROW_PROBLEMS) {
            problems.add(VerifyNotices.moreRows(shard.name(), rowProblems - ROW_PROBLEMS));
        }
        return new Findings(
                shard.split(),
                examples,
                decoded,
                Arrays.stream(perClass).boxed().toList(),
                channels.build(),
                problems);
    }

    private void checkFile() throws IOException {
        Storage storage = directory.storage();
        Path file = directory.file(shard.name());
        long bytes = storage.status(file).getLen();
        if (bytes != shard.bytes()) {
            problems.add(VerifyNotices.otherLength(shard.name(), bytes, shard.bytes()));
        } else if (!storage.sha256(file).equals(shard.sha256())) {
            problems.add(VerifyNotices.otherSha256(shard.name()));
        }
    }

    private void checkRows() throws IOException {
        try (ShardReader reader = ShardReader.open(
                directory.file(shard.name()), directory.storage().configuration())) {
            if (reader.footer(FooterKeys.FINGERPRINT)
                    .filter(fingerprint::equals)
                    .isEmpty()) {
                problems.add(VerifyNotices.otherPreparation(shard.name()));
            }
            checkFormatVersion(reader);
            if (!reader.rowGroupRows().equals(shard.rowGroups())) {
                problems.add(VerifyNotices.otherRowGroups(shard.name(), reader.rowGroupRows(), shard.rowGroups()));
            }
            for (int rowGroup = 0; rowGroup < reader.rowGroups(); rowGroup++) {
                checkRowGroup(reader, rowGroup);
            }
        } catch (FailureException e) {
            unreadable(e);
        }
    }

    private void checkFormatVersion(ShardReader reader) {
        String inFooter = reader.footer(FooterKeys.FORMAT_VERSION).orElse("none");
        if (!inFooter.equals(Integer.toString(formatVersion))) {
            problems.add(VerifyNotices.otherFooterVersion(shard.name(), inFooter, formatVersion));
        }
        if (reader.formatVersion() != formatVersion) {
            problems.add(VerifyNotices.otherColumnVersion(shard.name(), reader.formatVersion(), formatVersion));
        }
    }

    private void checkRowGroup(ShardReader reader, int rowGroup) {
        try {
            for (ShardRow row : reader.readRowGroup(rowGroup)) {
                checkRow(row);
            }
        } catch (FailureException e) {
            unreadable(e);
        }
    }

    private void checkRow(ShardRow row) {
        long number = examples++;
        if (row.label() >= 0 && row.label() < perClass.length) {
            perClass[row.label()]++;
        } else {
            rowProblem(VerifyNotices.rowLabel(shard.name(), number, row.path(), row.label(), perClass.length));
        }
        try {
            ImageHeader header = codec.header(row.bytes());
            if (header.width() != row.width() || header.height() != row.height()) {
                rowProblem(VerifyNotices.rowSize(
                        shard.name(), number, row.path(), header.width(), header.height(), row.width(), row.height()));
            }
            if (decoding.includes(number)) {
                RgbImage image = codec.decode(row.bytes());
                decoded++;
                if (sample.includes(number)) {
                    channels.add(image);
                }
            }
        } catch (ImageException e) {
            rowProblem(VerifyNotices.rowUnusable(shard.name(), number, row.path(), e.getMessage()));
        }
    }

    private void rowProblem(String problem) {
        rowProblems++;
        if (rowProblems <= ROW_PROBLEMS) {
            problems.add(problem);
        }
    }

    private void unreadable(FailureException failure) {
        problems.add(VerifyNotices.unreadable(shard.name(), failure.getMessage()));
    }

    /**
     * The findings in one shard.
     *
     * @param split the split of the shard
     * @param examples the number of rows that were read
     * @param decoded the number of rows that were decoded
     * @param perClass the number of rows by class number, without rows whose label is out of range
     * @param channels sums over the decoded pictures
     * @param problems one sentence each
     */
    record Findings(
            Split split, long examples, long decoded, List<Long> perClass, ChannelSums channels, List<String> problems)
            implements Serializable {
        Findings {
            perClass = List.copyOf(perClass);
            problems = List.copyOf(problems);
        }
    }
}
