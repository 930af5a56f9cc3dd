package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** What is said in the log about the cache of row groups on an executor's local disk. */
public final class InputNotices {
    private InputNotices() {}

    public static String cacheFileDamaged(String file, String why) {
        return "Deleting the cached row group " + ShownText.line(file) + ", which cannot be read ("
                + ShownText.line(why) + "). The shard is read instead.";
    }

    public static String cacheNotWritable(String folder, String why) {
        return "The cache " + ShownText.line(folder) + " cannot be written (" + ShownText.line(why)
                + "). Row groups are read from the shards in every epoch, which is slower. Free space there, or set"
                + " data.cache-dir to another folder.";
    }

    public static String cacheFileNotDeleted(String file, String why) {
        return "The cached row group " + ShownText.line(file) + " cannot be deleted (" + ShownText.line(why)
                + "). Delete it by hand if it takes up space.";
    }

    public static String cacheInUse(String folder) {
        return "Another worker of this executor is writing to the cache " + ShownText.line(folder) + ".";
    }

    public static String cacheFileGone(String file) {
        return "The cached row group " + ShownText.line(file) + " was deleted by another process.";
    }
}
