package io.github.resnetspark.benchmarks;

import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;

/** A network to measure, and the size of its minibatch. */
enum Network {
    /** He et al.'s network for CIFAR-10. */
    RESNET_20("CIFAR ResNet-20", 128),
    /** ResNet-50 v1.5 on pictures of 224×224. */
    RESNET_50("ResNet-50", 16);

    private final String title;
    private final int batch;

    Network(String title, int batch) {
        this.title = title;
        this.batch = batch;
    }

    String title() {
        return title;
    }

    int batch() {
        return batch;
    }

    ResNetSpec spec() {
        return switch (this) {
            case RESNET_20 -> ResNetSpec.cifar(20, Shortcut.A, 10);
            case RESNET_50 -> ResNetSpec.imageNet(50, 1000);
        };
    }
}
