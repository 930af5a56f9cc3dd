package io.github.resnetspark.job.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.promote.PromotionOutcome.Result;
import io.github.resnetspark.job.promote.PromotionOutcome.Verdict;
import io.github.resnetspark.job.recipe.PromoteSettings;
import io.github.resnetspark.job.registry.Registry;
import io.github.resnetspark.job.registry.Registry.PromotionWitness;
import io.github.resnetspark.job.registry.SmallModels;
import io.github.resnetspark.message.job.PromotionNotices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {
    private static final Configuration CONFIGURATION = new Configuration();

    @TempDir
    Path folder;

    private Registry registry;
    private Promotion promotion;
    private URI better;

    @BeforeEach
    void promoteTwo() throws IOException {
        registry = new Registry(folder.resolve("models").toUri(), "pets", CONFIGURATION);
        Path first = SmallModels.write(folder, 0, List.of("cat", "dog"));
        better = SmallModels.write(folder, 1, List.of("cat", "dog")).toUri();
        promotion = new Promotion(
                registry,
                new PromoteSettings(0, 0, Optional.empty()),
                (model, rival) -> model.equals(better) ? Reports.judged(40, 40) : Reports.judged(30, 30));
        registry.promote(first, Optional.empty());
        assertThat(promotion
                        .run(better, CONFIGURATION, Optional.empty(), PromotionWitness.NONE)
                        .result())
                .isEqualTo(Result.PROMOTED);
    }

    @Test
    void respectsARollbackOfAnEarlierPromotion() throws IOException {
        registry.rollback(Optional.empty());

        PromotionOutcome outcome = promotion.run(better, CONFIGURATION, Optional.of("2"), PromotionWitness.NONE);

        assertThat(outcome.result()).isEqualTo(Result.NOT_PROMOTED);
        assertThat(outcome.version()).isEmpty();
        assertThat(outcome.verdict())
                .isEqualTo(new Verdict(
                        false,
                        PromotionNotices.compared(0.8, 100, 0.2, "1", 0.6) + " "
                                + PromotionNotices.replacedSince("2")));
        assertThat(folder.resolve("models/pets/CURRENT")).hasContent("1\n");
    }

    @Test
    void promotesAgainOnRequest() throws IOException {
        registry.rollback(Optional.empty());

        assertThat(promotion
                        .run(better, CONFIGURATION, Optional.empty(), PromotionWitness.NONE)
                        .version())
                .contains("2");

        assertThat(folder.resolve("models/pets/CURRENT")).hasContent("2\n1\n");
    }

    @Test
    void reportsThatTheModelIsAlreadyTheCurrentOne() throws IOException {
        PromotionOutcome outcome = promotion.run(better, CONFIGURATION, Optional.of("2"), PromotionWitness.NONE);

        assertThat(outcome.result()).isEqualTo(Result.ALREADY_CURRENT);
        assertThat(outcome.version()).contains("2");
    }
}
