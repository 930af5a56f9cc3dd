package io.github.resnetspark.source.table;

import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.source.SourceListing.SourceExample;
import java.util.Optional;

/** Why the row of a table gives no picture. */
enum TableFlaw {
    NO_PICTURE,
    NO_LABEL,
    NO_SPLIT,
    MISSING_FILE,
    NOT_A_PATH,
    CONTRADICTION;

    /** The reason, for the manifest. */
    String reason() {
        return switch (this) {
            case NO_PICTURE -> SourceNotices.rowWithoutPicture();
            case NO_LABEL -> SourceNotices.rowWithoutLabel();
            case NO_SPLIT -> SourceNotices.rowWithoutSplit();
            case MISSING_FILE -> SourceNotices.missingFile();
            case NOT_A_PATH -> SourceNotices.notAPath();
            case CONTRADICTION -> SourceNotices.contradictoryRows();
        };
    }

    /**
     * Stands for the row among the pictures, so that it is rejected in the shard where it would have been, as a damaged
     * picture is. It has the name of the flaw instead of a file's, and starts before its begin.
     */
    SourceExample example(String path) {
        return new SourceExample(path, -1, name(), -1, 0);
    }

    /** The flaw of a row that stands among the pictures; nothing for a picture. */
    static Optional<TableFlaw> of(SourceExample example) {
        return example.offset() < 0 ? Optional.of(valueOf(example.file())) : Optional.empty();
    }
}
