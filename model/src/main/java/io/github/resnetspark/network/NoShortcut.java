package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.NetworkFailures;
import java.util.Optional;

/** No shortcuts: the plain networks that the papers compare with. */
final class NoShortcut implements ShortcutDesign {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public String use() {
        return "a plain network";
    }

    @Override
    public Optional<String> add(ResidualBlock block, BlockDesign design, String input, String start) {
        return Optional.empty();
    }

    @Override
    public Optional<Problem> zeroGammaProblem() {
        return Optional.of(new Problem("zero-gamma", NetworkFailures.zeroGammaWithoutShortcut()));
    }
}
