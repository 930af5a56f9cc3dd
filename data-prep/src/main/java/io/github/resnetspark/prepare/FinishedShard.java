package io.github.resnetspark.prepare;

import io.github.resnetspark.message.data.PrepareFailures;
import io.github.resnetspark.prepare.ShardResult.ShardSummary;
import io.github.resnetspark.shard.FooterKeys;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardException.DamagedShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.shard.ShardsUnavailableException;
import io.github.resnetspark.shard.Split;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A shard that may already exist from a run that was killed. */
final class FinishedShard {
    private final Storage storage;
    private final String name;
    private final Path file;
    private final String fingerprint;

    FinishedShard(ShardDirectory directory, String name, String fingerprint) {
        this.storage = directory.storage();
        this.name = name;
        this.file = directory.file(name);
        this.fingerprint = fingerprint;
    }

    /**
     * Reads the whole shard and returns its contribution to the manifest; empty if it is missing or damaged and must be
     * written.
     *
     * @throws ShardException if it is from another source or other options
     * @throws ShardsUnavailableException if it cannot be read at the moment
     */
    Optional<ShardResult> result() throws IOException {
        if (!stands()) {
            return Optional.empty();
        }
        try (ShardReader reader = ShardReader.open(file, storage.configuration())) {
            refuseAnother(reader);
            Optional<ShardSummary> summary =
                    reader.footer(FooterKeys.CONTRIBUTION).flatMap(ShardSummary::fromJson);
            if (summary.isEmpty()) {
                return Optional.empty();
            }
            for (int rowGroup = 0; rowGroup < reader.rowGroups(); rowGroup++) {
                reader.readRowGroup(rowGroup);
            }
            return Optional.of(new ShardResult(inManifest(reader), summary.get(), ShardResult.Origin.KEPT));
        } catch (DamagedShardException e) {
            return Optional.empty();
        }
    }

    /** Refuses an intact shard of another preparation. A missing or damaged shard is accepted. */
    void refuseAnother() throws IOException {
        if (stands()) {
            try (ShardReader reader = ShardReader.open(file, storage.configuration())) {
                refuseAnother(reader);
            } catch (DamagedShardException e) {
                // It will be written again.
            }
        }
    }

    private boolean stands() {
        try {
            return storage.exists(file);
        } catch (IOException e) {
            throw ShardsUnavailableException.reading(file, e);
        }
    }

    private Manifest.Shard inManifest(ShardReader reader) {
        try {
            return new Manifest.Shard(
                    name,
                    Split.ofShardName(name).orElseThrow(),
                    reader.rows(),
                    storage.status(file).getLen(),
                    storage.sha256(file),
                    reader.rowGroupRows());
        } catch (IOException e) {
            throw ShardsUnavailableException.reading(file, e);
        }
    }

    private void refuseAnother(ShardReader reader) {
        if (reader.formatVersion() != Manifest.FORMAT_VERSION) {
            throw new ShardException(PrepareFailures.otherFormatVersion(
                    file.toString(), reader.formatVersion(), Manifest.FORMAT_VERSION));
        }
        if (reader.footer(FooterKeys.FINGERPRINT).filter(fingerprint::equals).isEmpty()) {
            throw new ShardException(PrepareFailures.otherShard(file.toString()));
        }
    }
}
