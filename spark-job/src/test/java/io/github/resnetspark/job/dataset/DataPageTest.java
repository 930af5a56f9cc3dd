package io.github.resnetspark.job.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.augment.Augmentation;
import io.github.resnetspark.image.augment.PictureVariation;
import io.github.resnetspark.job.dataset.RejectedPictures.Rejected;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.Manifest.ChannelStatistics;
import io.github.resnetspark.shard.Manifest.SplitCounts;
import io.github.resnetspark.shard.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataPageTest {
    private static final String HOSTILE = "<script>alert('x')</script> **bold** \"quoted\" & <b>";
    private static final String PICTURE = "data:image/png;base64,AAAA";

    @Test
    void aPageHasEveryPartAndAsksForNothing() {
        String page = page(List.of("cat", "dog"), List.of(3L, 4L), List.of(2L, 0L), 0);

        assertThat(page)
                .contains("Classes", "Sizes and formats", "Short side", "stored as JPEG", ".jpeg in the source")
                .contains("0.4910", "0.2470", "In evaluation", "The same in training, once", "pad-crop-flip")
                .contains("Rejected pictures", "train/cat/broken.png", "it ends too early", PICTURE, "no picture")
                .contains("No validation pictures: ", "dog.", ">none<")
                .contains("Content-Security-Policy")
                .doesNotContain("No train pictures", "more in manifest.json")
                .doesNotContain("<script", "src=\"h", "href=", "url(h", "@import");
    }

    @Test
    void namesAreTextAndNeverMarkup() {
        String page = page(List.of(HOSTILE, "dog"), List.of(3L, 0L), List.of(0L, 4L), 0);

        assertThat(page).doesNotContain("<script", "<b>").contains("&lt;script&gt;");
    }

    @Test
    void aThousandClassesAreShownByTheirEndsAndInFullOnDemand() {
        List<String> names =
                IntStream.range(0, 1000).mapToObj(number -> "class-" + number).toList();
        List<Long> train =
                IntStream.range(0, 1000).mapToObj(number -> (long) number).toList();

        String page = page(names, train, Collections.nCopies(1000, 50L), 7);

        assertThat(page.indexOf("class-998<")).isBetween(0, page.indexOf("<details>"));
        assertThat(page.indexOf("class-500<")).isGreaterThan(page.indexOf("<details>"));
        assertThat(page)
                .contains("All 1,000 classes", "7 more in manifest.json")
                .hasSizeLessThan(1_000_000);
    }

    private static String page(List<String> names, List<Long> train, List<Long> validation, int moreRejected) {
        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                "1.0",
                "f".repeat(64),
                "file:/pictures/" + names.get(0),
                Map.of("format", "class-folders"),
                names,
                List.of(counts(Split.TRAIN, train), counts(Split.VALIDATION, validation)),
                new ChannelStatistics(List.of(0.491, 0.482, 0.447), List.of(0.247, 0.243, 0.262), "all", 7, 7000),
                List.of(),
                List.of());
        DataSample sample = new DataSample(
                new ArrayList<>(List.of(new DataSample.Size(40, 30), new DataSample.Size(50, 60))),
                Map.of("JPEG", 2),
                Map.of("jpeg", 2),
                List.of());
        SeenPictures seen = new SeenPictures(
                new InputKind(
                        Preprocessing.of(32, Normalization.IMAGENET),
                        PictureVariation.of(Augmentation.PAD_CROP_FLIP),
                        false),
                List.of(new SeenPictures.Seen(0, PICTURE, PICTURE)));
        RejectedPictures rejected = new RejectedPictures(
                List.of(
                        new Rejected(
                                "train/" + names.get(0) + "/broken.png", "it ends too early", Optional.of(PICTURE)),
                        new Rejected("train/dog/empty.png", names.get(0), Optional.empty())),
                moreRejected);
        return new String(
                DataPage.of(names.get(0), manifest, sample, seen, rejected).document(), StandardCharsets.UTF_8);
    }

    private static SplitCounts counts(Split split, List<Long> perClass) {
        return new SplitCounts(
                split, perClass.stream().mapToLong(Long::longValue).sum(), perClass);
    }
}
