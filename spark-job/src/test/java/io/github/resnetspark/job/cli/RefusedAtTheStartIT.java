package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.quickstart.PictureSet;
import io.github.resnetspark.message.job.PreflightFailures;
import io.github.resnetspark.message.job.TrainingFailures;
import io.github.resnetspark.message.model.RecipeFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes that would be noticed only after the last epoch, or never. */
class RefusedAtTheStartIT {
    @TempDir
    Path folder;

    private Path pictures;
    private Path shards;
    private Path model;

    @BeforeEach
    void drawPictures() throws IOException {
        pictures = folder.resolve("pictures");
        shards = folder.resolve("shards");
        model = folder.resolve("model");
        new PictureSet(4, 2, 1).write(pictures);
    }

    @Test
    void classNamesThatCannotBeWrittenAreRefusedByPrepare() throws IOException {
        for (String split : new String[] {"train", "validation"}) {
            Files.move(
                    pictures.resolve(split).resolve("star"),
                    pictures.resolve(split).resolve("star\r"));
            Files.move(
                    pictures.resolve(split).resolve("disc"),
                    pictures.resolve(split).resolve("disc\u2028"));
        }

        Console refused = prepare();

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .containsPattern(
                        "Class \\d has the name 'star\\\\r', which contains a control character, a line break or a change of"
                                + " writing direction\\. Rename the class in the source: ")
                .contains("has the name 'disc\\u2028', which");
        assertThat(shards.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void classNamesThatCannotBeWrittenAreRefusedByTrain() throws IOException {
        assertThat(prepare().code()).isZero();
        Path manifest = shards.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"star\"", "\"star\\r\""));

        Console refused = train();

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("has the name 'star\\r', which contains a control character, a line break or a change of"
                        + " writing direction. " + TrainingFailures.renameClass() + "\n");
        assertThat(folder.resolve("model.run")).doesNotExist();
    }

    @Test
    void batchNormalisationOverOneValueIsRefusedByTrain() {
        assertThat(prepare().code()).isZero();

        Console refused = train("--set", "train.batch-size-per-replica=1");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).isEqualTo(PreflightFailures.oneValuePerChannel(1, 32, 1) + "\n");
        assertThat(folder.resolve("model.run")).doesNotExist();
    }

    @Test
    void aMissingIncludeIsRefusedByTrain() throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.conf"), "include \"base.conf\"\n");

        Console refused = Console.run("train", "--conf", recipe.toString());

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo(recipe + ":1: " + RecipeFailures.includeMissing(folder + "/base.conf") + "\n");
    }

    private Console prepare() {
        return Console.run("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + shards);
    }

    private Console train(String... more) {
        String[] fixed = {
            "train",
            "--set",
            "data.shards=" + shards,
            "--set",
            "model.dir=" + model,
            "--set",
            "model.family=imagenet",
            "--set",
            "model.depth=18",
            "--set",
            "model.classes=10",
            "--set",
            "model.input=32",
            "--set",
            "train.epochs=1",
            "--set",
            "optimizer.warmup-epochs=0"
        };
        String[] all = new String[fixed.length + more.length];
        System.arraycopy(fixed, 0, all, 0, fixed.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Console.run(all);
    }
}
