package io.github.resnetspark.job.preflight;

import io.github.resnetspark.job.preflight.PreflightChecks.Findings;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.prepare.ClassCoverage;
import io.github.resnetspark.shard.Manifest;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Checks the cluster, and the number of pictures of each class, before a run starts. */
public final class Preflight {
    private final JavaSparkContext spark;
    private final Recipe recipe;
    private final Configuration configuration;

    /** @param recipe with {@code model.dir} */
    public Preflight(JavaSparkContext spark, Recipe recipe, Configuration configuration) {
        this.spark = spark;
        this.recipe = recipe;
        this.configuration = configuration;
    }

    /** Waits for executors, collects facts about every slot, and checks them. */
    public PreflightReport run(Manifest manifest) throws IOException {
        RunNeeds needs = RunNeeds.of(recipe, manifest);
        ClusterFacts facts = new ClusterSurvey(spark).facts(needs.workers());
        Path place = new Path(recipe.modelDirectory().orElseThrow());
        FreeSpace free = FreeSpace.at(place, configuration)
                .and(new Path(recipe.runDirectory().orElseThrow()), configuration);
        Findings cluster = PreflightChecks.of(needs, facts, place.toString(), free);
        return new PreflightReport(needs, facts, cluster.withNotes(ClassCoverage.warnings(manifest)));
    }
}
