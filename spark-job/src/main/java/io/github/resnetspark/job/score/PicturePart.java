package io.github.resnetspark.job.score;

import io.github.resnetspark.image.ImageException;
import io.github.resnetspark.message.job.ScoreFailures;
import io.github.resnetspark.message.job.ScoreNotices;
import io.github.resnetspark.predict.EncodedPicture;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardReader;
import io.github.resnetspark.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Some pictures that are read by one task. */
sealed interface PicturePart extends Serializable {
    /** How many there are. */
    int size();

    /** The pictures, in a task. */
    List<NamedPicture> pictures(Storage storage);

    /**
     * A picture and its path in the table.
     *
     * @param path relative to the folder, or as the shards have it
     * @param encoded how to read it
     */
    record NamedPicture(String path, EncodedPicture encoded) {}

    /**
     * One row group of a shard.
     *
     * @param shard its file
     * @param rowGroup from 0
     * @param size rows that the manifest says it has
     */
    record RowGroup(String shard, int rowGroup, int size) implements PicturePart {
        @Override
        public List<NamedPicture> pictures(Storage storage) {
            try (ShardReader reader = ShardReader.open(new Path(shard), storage.configuration())) {
                return reader.readRowGroup(rowGroup).stream()
                        .map(row -> new NamedPicture(row.path(), row::bytes))
                        .toList();
            } catch (IOException e) {
                throw new ShardException(ScoreFailures.shardNotClosed(shard, e.getMessage()), e);
            }
        }
    }

    /**
     * A file that was listed.
     *
     * @param path relative to the folder
     * @param bytes its length then
     */
    record PictureFile(String path, long bytes) implements Serializable {}

    /**
     * Some files of a folder.
     *
     * @param root the folder
     * @param files in it
     */
    record Files(String root, List<PictureFile> files) implements PicturePart {

        @Override
        public int size() {
            return files.size();
        }

        @Override
        public List<NamedPicture> pictures(Storage storage) {
            return files.stream()
                    .map(file -> new NamedPicture(file.path(), () -> read(file, storage)))
                    .toList();
        }

        /** A file that cannot be read is an error of that picture. A file system that fails is an error of the whole run. */
        private byte[] read(PictureFile file, Storage storage) throws IOException {
            if (file.bytes() > EncodedPicture.LONGEST) {
                throw EncodedPicture.tooLong(file.bytes());
            }
            // A file name may contain a colon, which a relative path in Hadoop may not.
            try (FSDataInputStream in = storage.open(new Path(root + Path.SEPARATOR + file.path()))) {
                return in.readNBytes(Math.toIntExact(file.bytes()));
            } catch (FileNotFoundException e) {
                throw new ImageException(ScoreNotices.fileGone(), e);
            } catch (AccessControlException e) {
                throw new ImageException(ScoreNotices.fileNotReadable(), e);
            }
        }
    }
}
