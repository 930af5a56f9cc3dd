package io.github.resnetspark.job.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(ResNetSpark.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"resnet-spark " + version};
    }
}
