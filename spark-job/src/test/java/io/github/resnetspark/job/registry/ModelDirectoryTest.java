package io.github.resnetspark.job.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.bundle.Bundle;
import io.github.resnetspark.bundle.BundleContents;
import io.github.resnetspark.bundle.BundleException;
import io.github.resnetspark.bundle.BundleWriter;
import io.github.resnetspark.image.Normalization;
import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.message.model.BundleFailures;
import io.github.resnetspark.network.ResNet;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.Shortcut;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDirectoryTest {
    /** With this configuration, {@code file:} is treated like a remote file system. */
    private final Configuration remote = new Configuration(false);

    @TempDir
    private Path folder;

    private Path scratch;

    @BeforeEach
    void makeRemote() throws IOException {
        remote.set("fs.file.impl", RawLocalFileSystem.class.getName());
        remote.set("fs.file.impl.disable.cache", "true");
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    @Test
    void copiesOnlyFilesWithAChecksum() throws IOException {
        Path model = folder.resolve("model");
        ResNetSpec spec = ResNetSpec.cifar(8, Shortcut.A, 2);
        BundleWriter.write(
                model,
                new BundleContents(spec, List.of("cat", "dog"), Preprocessing.of(32, Normalization.IMAGENET), "{}"),
                ResNet.create(spec, 1));
        Files.createDirectory(model.resolve("huge"));

        Path copy = new ModelDirectory(model.toUri(), remote).local(scratch);

        assertThat(copy).startsWith(scratch);
        assertThat(copy.resolve("huge")).doesNotExist();
        assertThat(Bundle.open(copy).labels()).containsExactly("cat", "dog");
    }

    @Test
    void refusesAMissingModelLikeALocalOne() {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> directory("none").local(scratch))
                .withMessage(BundleFailures.notADirectory(directory("none").toString()));
    }

    @Test
    void refusesAFolderThatIsNotAModelWithoutCopyingIt() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("films")).resolve("film"), "long");

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> directory("films").local(scratch))
                .withMessage(BundleFailures.noChecksums(directory("films").toString(), "SHA256SUMS"));
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void reportsASchemeWithoutAFileSystem() {
        URI nowhere = URI.create("nosuch://bucket/model");
        remote.set("fs.lost.impl", "org.example.LostFileSystem");

        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> new ModelDirectory(nowhere, remote).local(scratch))
                .withMessage(StorageFailures.noFileSystem("nosuch://bucket/model", "nosuch"));
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> new ModelDirectory(URI.create("lost://bucket/model"), remote).obstacle())
                .withMessageContaining("this installation has no file system for the scheme 'lost'.");
    }

    private ModelDirectory directory(String name) {
        return new ModelDirectory(folder.resolve(name).toUri(), remote);
    }
}
