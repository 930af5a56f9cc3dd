package io.github.resnetspark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private static final int THREADS = 4;
    private static final int TIMES = 200;

    @TempDir
    Path folder;

    private final Storage storage = Storage.of(new Configuration());

    @Test
    void exactlyOneOfSeveralConcurrentRenamesToANameSucceeds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int time = 0; time < TIMES; time++) {
                Path place = folder.resolve("place-" + time);
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Future<Boolean>> running = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    Path mine = Files.createDirectory(folder.resolve("of-" + time + "-" + thread));
                    Files.writeString(mine.resolve("file-of-" + thread), "");
                    running.add(threads.submit((Callable<Boolean>) () -> {
                        start.await();
                        return isRenamed(mine, place);
                    }));
                }
                List<String> winners = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    if (running.get(thread).get()) {
                        winners.add("file-of-" + thread);
                    }
                }
                assertThat(winners).hasSize(1);
                assertThat(names(place)).isEqualTo(winners);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aDirectoryDoesNotReplaceAFile() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Files.writeString(directory.resolve("in it"), "");
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> storage.renameNewDirectory(hadoop(directory), hadoop(file)))
                .isInstanceOf(IOException.class);

        assertThat(file).hasContent("mine");
    }

    private boolean isRenamed(Path from, Path to) {
        try {
            storage.renameNewDirectory(hadoop(from), hadoop(to));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
