package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.message.job.CommandReasons;
import io.github.resnetspark.shard.Split;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that replaces the shards of the recipe. */
public final class ShardsOption {
    @Option(names = "--shards", paramLabel = "URI", description = "Directory of the shards. Default: data.shards.")
    private String shards;

    /** The recipe, with the shards of the option if it is set. */
    public Recipe load(RecipeOptions recipes) {
        return recipes.loadWith(shards == null ? Map.of() : Map.of("data.shards", shards), Need.SHARDS);
    }

    /** Splits by their names in the manifest. */
    public static final class SplitConverter implements ITypeConverter<Split> {
        @Override
        public Split convert(String name) {
            return Split.of(name)
                    .orElseThrow(() -> new TypeConversionException(CommandReasons.notOneOf(name, "train, validation")));
        }
    }
}
