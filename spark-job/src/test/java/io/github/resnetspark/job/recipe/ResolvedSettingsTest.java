package io.github.resnetspark.job.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolvedSettingsTest {
    @Test
    void includeDefaults() {
        NavigableMap<String, String> settings = settings("optimizer.schedule=one-cycle", "model.family=imagenet");

        assertThat(settings)
                .containsEntry("optimizer.schedule", "one-cycle")
                .containsEntry("optimizer.milestones", "[0.333, 0.667, 0.889]")
                .containsEntry("optimizer.weight-decay", "1.0E-4")
                .containsEntry("model.variant", "v1.5")
                .containsEntry("model.batch-norm", "true")
                .containsEntry("data.augment", "random-resized-crop")
                .containsEntry("train.batch-size-per-replica", "32")
                .containsEntry("cluster.workers", "2");
    }

    @Test
    void areEqualIfOnlyLocationsAndSpeedDiffer() {
        assertThat(settings(
                        "model.dir=/elsewhere",
                        "data.shards=/moved",
                        "data.decode-threads=4",
                        "data.prefetch-batches=9",
                        "data.cache-dir=/scratch",
                        "data.cache-size=1 GiB",
                        "checkpoint.keep=1",
                        "prepare.source=/pictures"))
                .isEqualTo(settings());
    }

    @Test
    void includeFurtherAugmentationOnlyIfItIsSet() {
        assertThat(settings())
                .doesNotContainKeys(
                        "data.color-jitter",
                        "data.auto-augment",
                        "data.rand-augment",
                        "data.mixup",
                        "data.cutmix",
                        "data.random-erasing");
        assertThat(settings(
                        "data.color-jitter=[0.4, 0.4, 0.4, 0.1]",
                        "data.random-erasing=0.25",
                        "data.auto-augment=trivial-augment",
                        "data.cutmix=1"))
                .containsEntry("data.auto-augment", "trivial-augment")
                .containsEntry("data.cutmix", "1.0")
                .containsEntry("data.color-jitter", "[0.4, 0.4, 0.4, 0.1]")
                .containsEntry("data.random-erasing", "0.25");
    }

    @Test
    void includeTheQuadraticRuleAndThenNoDefaultForTheWarmup() {
        assertThat(settings())
                .doesNotContainKey("averaging.qsr-alpha")
                .containsEntry("averaging.every", "[10]")
                .containsEntry("averaging.warmup-every", "10");
        assertThat(settings("averaging.qsr-alpha=0.2"))
                .containsEntry("averaging.qsr-alpha", "0.2")
                .doesNotContainKey("averaging.warmup-every");
        assertThat(settings("averaging.qsr-alpha=0.2", "averaging.warmup-every=10"))
                .containsEntry("averaging.warmup-every", "10");
    }

    @Test
    void includeHowRoundsAreSplitBetweenWorkersUnlessTheSplitIsEven() {
        assertThat(settings("cluster.balance=even")).doesNotContainKey("cluster.balance");
        assertThat(settings("cluster.balance=speed")).containsEntry("cluster.balance", "speed");
    }

    @Test
    void includeTheMilestonesThatApply() {
        assertThat(settings("averaging.every=[1, 10]", "optimizer.schedule=step"))
                .containsEntry("averaging.milestones", "[0.333]");
    }

    @Test
    void ofThePreparationIncludeEverythingThatChangesAShard() {
        assertThat(preparation("prepare.resize=short-side 64", "prepare.labels=[cat, dog]"))
                .containsEntry("prepare.source", "/pictures")
                .containsEntry("prepare.check", "decode")
                .containsEntry("prepare.resize", "short-side 64")
                .containsEntry("prepare.validation-resize", "none")
                .containsEntry("prepare.labels", "[cat, dog]")
                .containsEntry("prepare.seed", "1")
                .containsEntry("prepare.synset-ids", "")
                .containsEntry("prepare.sixteen-bit", "high-byte")
                .containsEntry("prepare.picture-column", "image")
                .hasSize(18);
        assertThat(preparation("prepare.validation-share=0.2")).containsEntry("prepare.validation-share", "0.2");
        // A run with too many rejected pictures can resume if it is raised.
        assertThat(preparation("prepare.max-rejected=3")).isEqualTo(preparation());
    }

    private static NavigableMap<String, String> preparation(String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.add("prepare.source=/pictures");
        return Recipe.load(Optional.empty(), all).preparationSettings();
    }

    private static NavigableMap<String, String> settings(String... overrides) {
        return Recipe.load(Optional.empty(), List.of(overrides)).settings();
    }
}
