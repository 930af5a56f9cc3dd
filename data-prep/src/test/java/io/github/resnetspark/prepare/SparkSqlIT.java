package io.github.resnetspark.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.image.ImageCodec;
import io.github.resnetspark.image.RgbImage;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.format.Pictures;
import io.github.resnetspark.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/shard-format.md: plain Spark SQL reads shards without this project. */
class SparkSqlIT {
    @TempDir
    Path folder;

    @Test
    void plainSparkSqlReadsTheShards() throws IOException {
        Path source = folder.resolve("source");
        Path shards = folder.resolve("shards");
        Pictures.classFolders(source, 6, "cat", "dog");
        new PrepareJob(LocalSpark.context()).run(PrepareSettings.of(source.toString()), shards.toString());

        Dataset<Row> train = LocalSpark.session().read().parquet(shards + "/train-*.parquet");
        Row[] counts = (Row[]) train.groupBy("label").count().orderBy("label").collect();
        Row picture = train.where("image.path = 'train/dog/dog_3.png'")
                .select("image.bytes", "width", "height", "label")
                .first();

        assertThat(train.schema().simpleString())
                .isEqualTo("struct<image:struct<bytes:binary,path:string>,label:bigint,width:int,height:int>");
        assertThat(counts).extracting(row -> row.getLong(0)).containsExactly(0L, 1L);
        assertThat(counts).extracting(row -> row.getLong(1)).containsExactly(6L, 6L);
        byte[] bytes = picture.getAs("bytes");
        assertThat(bytes).isEqualTo(Files.readAllBytes(source.resolve("train/dog/dog_3.png")));
        RgbImage image = new ImageCodec().decode(bytes);
        assertThat(picture.<Integer>getAs("width")).isEqualTo(image.width()).isEqualTo(5);
        assertThat(picture.<Integer>getAs("height")).isEqualTo(image.height()).isEqualTo(4);
        assertThat(picture.<Long>getAs("label")).isEqualTo(1);
    }
}
