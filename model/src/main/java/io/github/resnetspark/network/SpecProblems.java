package io.github.resnetspark.network;

import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.message.model.NetworkFailures;
import java.util.ArrayList;
import java.util.List;

/** Finds the problems of values that must make a network together. */
final class SpecProblems {
    private final ResNetSpec spec;
    private final List<Problem> problems = new ArrayList<>();

    private SpecProblems(ResNetSpec spec) {
        this.spec = spec;
    }

    /** All problems; empty if there are none. */
    static List<Problem> of(ResNetSpec spec) {
        SpecProblems found = new SpecProblems(spec);
        found.depthAndBlock();
        found.problems.addAll(spec.variant().design().problems(spec));
        found.zeroGamma();
        found.stem();
        found.sizes();
        return found.problems;
    }

    private void add(String key, String message) {
        problems.add(new Problem(key, message));
    }

    private void depthAndBlock() {
        Family family = spec.family();
        int depth = spec.depth();
        if (StageBlocks.of(family, depth, spec.block()).isEmpty()) {
            add("depth", StageBlocks.problem(family, depth, spec.block()));
        } else if (family != Family.CIFAR
                && spec.block() == Block.BASIC
                && StageBlocks.usual(family, depth) == Block.BOTTLENECK) {
            add("block", NetworkFailures.basicBlocksTooDeep(depth));
        }
    }

    private void stem() {
        if (spec.stem() == Stem.DEEP && (spec.family() != Family.IMAGENET || spec.variant() == Variant.AUTHORS)) {
            add("stem", NetworkFailures.deepStemOnlyForImageNet());
        }
    }

    private void zeroGamma() {
        if (!spec.zeroGamma()) {
            return;
        }
        if (!spec.batchNorm()) {
            add("zero-gamma", NetworkFailures.zeroGammaWithoutBatchNorm());
        }
        spec.shortcut().design().zeroGammaProblem().ifPresent(problems::add);
        spec.variant().design().zeroGammaProblem().ifPresent(problems::add);
    }

    private void sizes() {
        if (spec.classes() < 2) {
            add("classes", NetworkFailures.tooFewClasses(spec.classes()));
        }
        int usual = spec.family().defaultInput();
        int smallest = spec.family().smallestInput();
        if (spec.input() < smallest) {
            add("input", NetworkFailures.inputTooSmall(spec.input(), smallest, usual));
        }
        if (spec.input() > ResNetSpec.LARGEST_INPUT) {
            add("input", NetworkFailures.inputTooLarge(spec.input(), ResNetSpec.LARGEST_INPUT, usual));
        }
    }
}
