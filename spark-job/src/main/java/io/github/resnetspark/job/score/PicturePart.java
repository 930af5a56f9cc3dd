package io.github.resnetspark.job.score;

import io.github.resnetspark.storage.Storage;
import java.io.Serializable;
import java.util.List;

/** Some pictures that are read by one task. */
interface PicturePart extends Serializable {
    /** How many there are. */
    int size();

    /** The pictures, in a task. */
    List<NamedPicture> pictures(Storage storage);
}
