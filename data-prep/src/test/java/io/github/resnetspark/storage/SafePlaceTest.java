package io.github.resnetspark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.message.data.StorageFailures;
import io.github.resnetspark.recipe.RecipeException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePlaceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs", "abfs", "abfss", "S3A"
            })
    void refusesObjectStores(String scheme) {
        assertThat(SafePlace.refusal("model.dir", URI.create(scheme + "://key:secret@bucket/a")))
                .contains(StorageFailures.objectStore("model.dir", scheme));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/a",
                "hdfs://namenode:8020/a",
                "viewfs://cluster/a",
                "ofs://ozone/volume/a",
                "o3fs://bucket.v/a",
                "webhdfs://namenode/a",
                "maprfs:/a",
                "/a",
                "a"
            })
    void acceptsFileSystems(String place) {
        assertThat(SafePlace.refusal("model.dir", URI.create(place))).isEmpty();
    }

    @Test
    void refusesALockIfTheDefaultFileSystemIsAnObjectStore() {
        Configuration configuration = new Configuration();
        configuration.set("fs.defaultFS", "s3a://key:secret@bucket");

        assertThatThrownBy(() -> StorageLock.take(Storage.of(configuration), new Path("/models/a.run.lock")))
                .isInstanceOf(RecipeException.class)
                .hasMessage(StorageFailures.objectStore("The lock /models/a.run.lock", "s3a"));
    }
}
