package io.github.resnetspark.prepare;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.intake.PictureIntake;
import io.github.resnetspark.intake.PictureIntake.StoredPicture;
import io.github.resnetspark.prepare.ShardResult.ShardSummary;
import io.github.resnetspark.shard.ChannelSample;
import io.github.resnetspark.shard.ChannelSums;
import io.github.resnetspark.shard.Manifest.Quarantined;
import io.github.resnetspark.shard.ShardRow;
import io.github.resnetspark.shard.ShardWriter;
import io.github.resnetspark.source.PictureReader.PictureSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the pictures of one shard and collects its contribution to the manifest. */
final class ShardIntake implements PictureSink {
    private final ShardWriter writer;
    private final PictureIntake intake;
    private final ChannelSample sample;
    private final long[] perClass;
    private final ChannelSums.Builder channels = new ChannelSums.Builder();
    private final List<Quarantined> quarantined = new ArrayList<>();
    private long rows;
    private long darkened;

    ShardIntake(ShardWriter writer, PictureIntake intake, ChannelSample sample, int classes) {
        this.writer = writer;
        this.intake = intake;
        this.sample = sample;
        this.perClass = new long[classes];
    }

    @Override
    public void encoded(String path, int label, byte[] encoded) throws IOException {
        StoredPicture picture;
        try {
            picture = intake.take(encoded, pixels());
        } catch (ImageException e) {
            reject(new Quarantined(path, e.getMessage()));
            return;
        }
        store(path, label, picture);
    }

    @Override
    public void pixels(String path, int label, RgbImage image) throws IOException {
        store(path, label, intake.take(image, pixels()));
    }

    @Override
    public void reject(Quarantined picture) {
        quarantined.add(picture);
    }

    ShardSummary summary() {
        return new ShardSummary(Arrays.stream(perClass).boxed().toList(), channels.build(), quarantined, darkened);
    }

    private PictureIntake.Pixels pixels() {
        return sample.includes(rows) ? PictureIntake.Pixels.WANTED : PictureIntake.Pixels.NOT_WANTED;
    }

    private void store(String path, int label, StoredPicture picture) throws IOException {
        writer.write(new ShardRow(picture.bytes(), path, label, picture.width(), picture.height()));
        perClass[label]++;
        if (sample.includes(rows)) {
            channels.add(picture.decoded().orElseThrow());
        }
        darkened += picture.tone() == StoredPicture.Tone.DARKENED ? 1 : 0;
        rows++;
    }
}
