package io.github.resnetspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.predict.PictureResult;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTableTest {
    private static final PictureResult BROKEN = new PictureResult(Optional.empty(), Optional.of("It is broken."));

    private final Storage storage = Storage.of(new Configuration());

    @TempDir
    private java.nio.file.Path folder;

    @Test
    void appearsWithAllItsFiles() throws IOException {
        try (ScoreTable table = table()) {
            storage.makeDirectories(table.directory());
            write(table, 0, 1);
            // Two attempts to write the same file, one of which is killed.
            write(table, 1, 2);
            Files.writeString(
                    java.nio.file.Path.of(table.directory().toUri().getPath(), "_part-00001.parquet.3.tmp"), "");
            assertThat(names(folder))
                    .allMatch(name -> name.startsWith(".scores.writing-"))
                    .hasSize(1);

            table.publish();
        }

        assertThat(names(folder)).containsExactly("scores");
        assertThat(names(folder.resolve("scores"))).containsExactly("part-00000.parquet", "part-00001.parquet");
    }

    @Test
    void leavesNothingOfATableThatWasNotPublished() throws IOException {
        try (ScoreTable table = table()) {
            storage.makeDirectories(table.directory());
            write(table, 0, 1);
        }

        assertThat(names(folder)).isEmpty();
    }

    @Test
    void aFileThatIsNotCommittedIsDeleted() throws IOException {
        try (ScoreTable table = table()) {
            storage.makeDirectories(table.directory());
            try (ScoreFile file = new ScoreFile(new Path(table.directory(), "part-00000.parquet"), 1, 5, storage)) {
                file.write("a.png", BROKEN);
            }
            assertThat(storage.list(table.directory())).isEmpty();
        }
    }

    @Test
    void doesNotOverwriteADirectoryThatWasCreatedMeanwhile() throws IOException {
        try (ScoreTable table = table()) {
            storage.makeDirectories(table.directory());
            write(table, 0, 1);
            assertThat(table.obstacle()).isEmpty();
            Files.writeString(Files.createDirectory(folder.resolve("scores")).resolve("mine"), "mine");

            assertThat(table.obstacle()).contains(ScoreFailures.tableExists("file:" + folder.resolve("scores")));
            assertThatExceptionOfType(IOException.class).isThrownBy(table::publish);
        }

        assertThat(names(folder)).containsExactly("scores");
        assertThat(names(folder.resolve("scores"))).containsExactly("mine");
    }

    private ScoreTable table() throws IOException {
        return new ScoreTable(new Path(folder.resolve("scores").toUri()), storage);
    }

    private void write(ScoreTable table, int index, long attempt) throws IOException {
        String name = new ScoreShare(index, List.of()).fileName();
        try (ScoreFile file = new ScoreFile(new Path(table.directory(), name), attempt, 5, storage)) {
            file.write("a.png", BROKEN);
            file.commit();
        }
    }

    private static List<String> names(java.nio.file.Path directory) throws IOException {
        try (Stream<java.nio.file.Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
