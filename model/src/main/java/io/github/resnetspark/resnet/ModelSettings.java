package io.github.resnetspark.resnet;

import io.github.resnetspark.recipe.ChoiceNames;
import java.util.ArrayList;
import java.util.List;

/** Which keys of a recipe's section {@code model} make a network; those that are as usual are left out. */
final class ModelSettings {
    private ModelSettings() {}

    /** Of a network for its family's usual pictures and classes, e.g. {@code family=imagenet,depth=50,variant=d}. */
    static String of(ResNetSpec spec) {
        boolean isCifar = spec.family() == Family.CIFAR;
        List<String> settings = new ArrayList<>();
        if (!isCifar) {
            settings.add("family=" + ChoiceNames.of(spec.family()));
        }
        settings.add("depth=" + spec.depth());
        if (spec.block() != StageBlocks.usual(spec.family(), spec.depth())) {
            settings.add("block=" + ChoiceNames.of(spec.block()));
        }
        if (spec.variant() != (isCifar ? Variant.V1 : Variant.V1_5)) {
            settings.add("variant=" + spec.variant());
        }
        if (spec.shortcut() != (isCifar ? Shortcut.A : Shortcut.B)) {
            settings.add("shortcut=" + spec.shortcut());
        }
        return String.join(",", settings);
    }
}
