package io.github.resnetspark.job.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The pictures of one file of the table.
 *
 * @param index of the file, from 0
 * @param parts in their order
 */
record ScoreShare(int index, List<PicturePart> parts) implements Serializable {
    /** Pictures per file: a few minutes' work on a CPU, so that progress is visible and a failed task costs little. */
    static final int PICTURES = 2048;

    /** Groups neighbouring parts into shares of limited size. A larger part becomes its own share. */
    static List<ScoreShare> of(List<PicturePart> parts, int largest) {
        List<ScoreShare> shares = new ArrayList<>();
        List<PicturePart> open = new ArrayList<>();
        int pictures = 0;
        for (PicturePart part : parts) {
            if (!open.isEmpty() && pictures + part.size() > largest) {
                shares.add(new ScoreShare(shares.size(), open));
                open = new ArrayList<>();
                pictures = 0;
            }
            open.add(part);
            pictures += part.size();
        }
        if (!open.isEmpty()) {
            shares.add(new ScoreShare(shares.size(), open));
        }
        return shares;
    }

    String fileName() {
        return String.format(Locale.ROOT, "part-%05d.parquet", index);
    }
}
