package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resnetspark.job.quickstart.PictureSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locations with unusual names: they are read, written and reported as they are. */
class PlacesIT {
    private static final String ODD = "run#3?x=%20%zz+ ü*{a,b}[c]";
    private static final String[] SMALL = {
        "--set", "model.depth=8",
        "--set", "train.epochs=1",
        "--set", "train.batch-size-per-replica=8",
        "--set", "averaging.every=2",
        "--set", "optimizer.warmup-epochs=0"
    };

    @TempDir
    Path folder;

    @Test
    void everyCommandTakesItsLocationsLiterally() throws IOException {
        Path home = folder.resolve(ODD);
        new PictureSet(4, 2, 1).write(home.resolve("pictures " + ODD));
        String place = "file:" + home + "/";
        String pictures = place + "pictures " + ODD;
        String shards = place + "shards " + ODD;
        String model = place + "model " + ODD;
        String result = place + "result " + ODD;

        done("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + shards, "--result", result);
        assertThat(home.resolve("result " + ODD)).isNotEmptyFile();
        assertThat(home.resolve("shards " + ODD).resolve("manifest.json")).isNotEmptyFile();
        Console again = Console.run("prepare", "--set", "prepare.source=" + pictures, "--set", "data.shards=" + shards);
        assertThat(again.out()).startsWith("Nothing to do: " + shards + " is complete: 60 pictures");
        done("verify", "--shards", shards);
        done("train", "--set", "data.shards=" + shards, "--set", "model.dir=" + model);
        done("train", "--set", "data.shards=" + shards, "--set", "model.dir=" + model + "2", "--init-from", model);
        String provenance = Files.readString(home.resolve("model " + ODD).resolve("provenance.json"));
        assertThat(new ObjectMapper().readTree(provenance).at("/inputs/shards").asText())
                .isEqualTo(shards);
        done("evaluate", "--model", model, "--shards", shards);
        done("export", "--model", model, "--to", place + "export " + ODD);
        done("export", "--model", model, "--to", place + "triton " + ODD, "--layout", "triton", "--name", "m");
        done("score", "--model", model, "--pictures", shards, "--to", place + "table 1" + ODD);
        done("score", "--model", model, "--pictures", pictures, "--to", place + "table 2" + ODD);
        Path picture = home.resolve("pictures " + ODD).resolve("validation/star/0000.png");
        assertThat(done("predict", "--model", model, picture.toString()).out()).startsWith(picture + "\n");
        done(
                "retrain",
                "--set",
                "prepare.source=" + pictures,
                "--set",
                "data.shards=" + place + "prepared " + ODD,
                "--registry",
                place + "registry " + ODD,
                "--name",
                "motifs",
                "--run-id",
                "first");
        assertThat(done("list", "--registry", place + "registry " + ODD, "--name", "motifs")
                        .out())
                .contains("1");
        done("evaluate", "--model", place + "registry " + ODD + "/motifs/CURRENT", "--shards", shards);

        assertThat(names(folder)).containsExactly(ODD);
        assertThat(names(home))
                .containsExactly(
                        "export " + ODD,
                        "model " + ODD,
                        "model " + ODD + ".run",
                        "model " + ODD + "2",
                        "model " + ODD + "2.run",
                        "pictures " + ODD,
                        "prepared " + ODD,
                        "registry " + ODD,
                        "result " + ODD,
                        "shards " + ODD,
                        "table 1" + ODD,
                        "table 2" + ODD,
                        "triton " + ODD);
    }

    @Test
    void refusesARelativePathBehindASchemeInEveryCommand() {
        Path here = Path.of("").toAbsolutePath();
        String mustBe = "file:a/b but must be an absolute path after file:, e.g. file:" + here + "/a/b.";

        Console prepared = Console.run("prepare", "--set", "prepare.source=file:a/b", "--set", "data.shards=file:a/b");
        assertThat(prepared.code()).isEqualTo(2);
        assertThat(prepared.err())
                .isEqualTo("--set data.shards: shards is " + mustBe
                        + " Set it to the folder of the shards, e.g. hdfs://namenode:8020/shards/cifar10.\n"
                        + "--set prepare.source: source is " + mustBe
                        + " Set it to the folder or archive of the pictures, e.g. file:/data/pictures.\n");
        for (List<String> command : List.of(
                List.of("evaluate", "--model", "file:a/b", "--shards", "file:/s"),
                List.of("export", "--to", "file:a/b", "--model", "file:/m"),
                List.of("score", "--to", "file:a/b", "--model", "file:/m", "--pictures", "file:/p"),
                List.of("train", "--init-from", "file:a/b"),
                List.of("list", "--result", "file:a/b"))) {
            Console refused = Console.run(command.toArray(String[]::new));
            assertThat(refused.code()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err())
                    .isEqualTo("Invalid value for option '" + optionBefore(command, "file:a/b")
                            + "': file:a/b must be an absolute path after file:, e.g. file:" + here
                            + "/a/b. Run resnet-spark " + command.get(0) + " --help to see its options.\n");
        }
    }

    @Test
    void neverShowsAPassword() {
        Console refused = Console.run(
                "verify", "--shards", "none://user:secret@host/shards", "--result", "file:" + folder + "/result.json");

        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("none://host/shards").doesNotContain("secret");
        assertThat(folder.resolve("result.json")).content().doesNotContain("secret");
        Console broken = Console.run("verify", "--shards", "s3a://KEY:SE/CRET@bucket/shards");
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err())
                .contains("shards is s3a://bucket/shards but must be a URI")
                .doesNotContain("CRET");
    }

    private static String optionBefore(List<String> command, String value) {
        return command.get(command.indexOf(value) - 1);
    }

    private static Console done(String... args) {
        Stream<String> small = List.of("train", "retrain").contains(args[0]) ? Stream.of(SMALL) : Stream.empty();
        Console console = Console.run(Stream.concat(Stream.of(args), small).toArray(String[]::new));
        assertThat(console.code())
                .as(args[0] + ": " + console.err() + console.out())
                .isZero();
        return console;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(path -> path.getFileName().toString())
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
