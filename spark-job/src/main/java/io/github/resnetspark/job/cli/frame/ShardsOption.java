package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.job.recipe.Need;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.shard.Split;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that names shards in place of the recipe's. */
public final class ShardsOption {
    @Option(names = "--shards", paramLabel = "URI", description = "The directory of the shards; default: data.shards.")
    private String shards;

    /** The recipe, whose shards are those of the option where it is given. */
    public Recipe load(RecipeOptions recipes) {
        return recipes.loadWith(shards == null ? Map.of() : Map.of("data.shards", shards), Need.SHARDS);
    }

    /** Splits by their names in the manifest. */
    public static final class SplitConverter implements ITypeConverter<Split> {
        @Override
        public Split convert(String name) {
            return Split.of(name)
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is neither train nor validation"));
        }
    }
}
