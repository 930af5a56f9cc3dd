package io.github.resnetspark.verify;

import io.github.resnetspark.failure.FailureException;
import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.ImageHeader;
import io.github.resnetspark.image.RgbImage;
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

/** Reads one shard from its first to its last byte and collects everything that is wrong with it. */
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
            problem("is missing");
        } catch (IOException e) {
            problem("cannot be read: "
                    + ShardsUnavailableException.reading(directory.file(shard.name()), e)
                            .getMessage());
        }
        if (rowProblems > ROW_PROBLEMS) {
            problem("has " + (rowProblems - ROW_PROBLEMS) + " more rows with problems");
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
            problem("has " + bytes + " bytes, not " + shard.bytes());
        } else if (!storage.sha256(file).equals(shard.sha256())) {
            problem("has another SHA-256 than the manifest: it was changed or is another file");
        }
    }

    private void checkRows() throws IOException {
        try (ShardReader reader = ShardReader.open(
                directory.file(shard.name()), directory.storage().configuration())) {
            if (reader.footer(FooterKeys.FINGERPRINT)
                    .filter(fingerprint::equals)
                    .isEmpty()) {
                problem("is of another preparation");
            }
            checkFormatVersion(reader);
            if (!reader.rowGroupRows().equals(shard.rowGroups())) {
                problem("has row groups of " + reader.rowGroupRows() + " rows, not " + shard.rowGroups());
            }
            for (int rowGroup = 0; rowGroup < reader.rowGroups(); rowGroup++) {
                checkRowGroup(reader, rowGroup);
            }
        } catch (FailureException e) {
            problem("cannot be read: " + e.getMessage());
        }
    }

    private void checkFormatVersion(ShardReader reader) {
        String told = reader.footer(FooterKeys.FORMAT_VERSION).orElse("none");
        if (!told.equals(Integer.toString(formatVersion))) {
            problem("names the format version " + told + " in its footer, not " + formatVersion);
        }
        if (reader.formatVersion() != formatVersion) {
            problem("has the columns of format version " + reader.formatVersion() + ", not " + formatVersion);
        }
    }

    private void checkRowGroup(ShardReader reader, int rowGroup) {
        try {
            for (ShardRow row : reader.readRowGroup(rowGroup)) {
                checkRow(row);
            }
        } catch (FailureException e) {
            problem("cannot be read: " + e.getMessage());
        }
    }

    private void checkRow(ShardRow row) {
        long number = examples++;
        if (row.label() >= 0 && row.label() < perClass.length) {
            perClass[row.label()]++;
        } else {
            rowProblem(number, row, "has label " + row.label() + ", outside 0 to " + (perClass.length - 1));
        }
        try {
            ImageHeader header = codec.header(row.bytes());
            if (header.width() != row.width() || header.height() != row.height()) {
                rowProblem(
                        number,
                        row,
                        "is " + header.width() + " x " + header.height() + ", not " + row.width() + " x "
                                + row.height());
            }
            if (decoding.includes(number)) {
                RgbImage image = codec.decode(row.bytes());
                decoded++;
                if (sample.includes(number)) {
                    channels.add(image);
                }
            }
        } catch (ImageException e) {
            rowProblem(number, row, "is no picture that can be used: " + e.getMessage());
        }
    }

    private void rowProblem(long number, ShardRow row, String what) {
        rowProblems++;
        if (rowProblems <= ROW_PROBLEMS) {
            problem("row " + number + " (" + row.path() + ") " + what);
        }
    }

    private void problem(String what) {
        problems.add(shard.name() + (what.startsWith("row ") ? ": " : " ") + what + (what.endsWith(".") ? "" : "."));
    }

    /**
     * What was found in one shard.
     *
     * @param split that it belongs to
     * @param examples rows that were read
     * @param decoded of those, how many were decoded
     * @param perClass rows by class number; labels out of range are not counted
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
