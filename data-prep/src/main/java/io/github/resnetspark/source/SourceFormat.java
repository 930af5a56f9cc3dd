package io.github.resnetspark.source;

import java.util.Locale;

/** The arrangement of the pictures in a source. */
public enum SourceFormat {
    /** Detected from the contents. */
    AUTO,
    /** {@code train/<class>/*.jpg|jpeg|png|bmp} and the same under {@code validation}, {@code val} or {@code test}. */
    CLASS_FOLDERS,
    /** Files of 3073-byte records, in a folder or a tar archive. */
    CIFAR10,
    /** {@code ILSVRC2012_img_train.tar} or the archives in it, {@code ILSVRC2012_img_val.tar}, or a folder with both. */
    ILSVRC2012,
    /** A directory that prepare has written, to re-shard it. */
    SHARDS,
    /** A table that Spark SQL reads: a row for each picture. */
    TABLE;

    /** Its name in a recipe, such as {@code class-folders}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
