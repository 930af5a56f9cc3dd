package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.NetworkFailures;
import java.util.List;
import java.util.Optional;

/**
 * {@link PostActivation.Torchvision} with averaging shortcuts: a shortcut that halves the picture averages 2×2 windows before the
 * 1×1 convolution, which would otherwise drop three quarters of the pixels (He T. et al. 2019, "Bag of Tricks", figure 2c; timm's
 * {@code avg_down}).
 */
final class AveragedShortcuts extends PostActivation {
    @Override
    public String name() {
        return "d";
    }

    @Override
    int strided(Block kind) {
        return kind.firstSpatial();
    }

    @Override
    public boolean isNamedWith(Block kind) {
        return true;
    }

    @Override
    public List<Problem> problems(ResNetSpec network) {
        return network.shortcut() == Shortcut.NONE
                ? List.of(new Problem("variant", NetworkFailures.averagingWithoutShortcut()))
                : List.of();
    }

    @Override
    public String shortcutPixels(ResidualBlock block, String from) {
        return block.stride() == 1
                ? from
                : block.graph().averagePool(block.named("shortcut-pool"), from, block.stride(), block.stride());
    }

    @Override
    public String projection(ResidualBlock block, String from) {
        return block.projectionBatchNorm(block.projectionConvolution(shortcutPixels(block, from), 1));
    }

    /** In timm the average pool is always the first module of a {@code downsample}, even if nothing is pooled. */
    @Override
    public Optional<String> torchName(String piece) {
        return switch (piece) {
            case "shortcut-conv" -> Optional.of("downsample.1");
            case "shortcut-bn" -> Optional.of("downsample.2");
            default -> super.torchName(piece);
        };
    }
}
