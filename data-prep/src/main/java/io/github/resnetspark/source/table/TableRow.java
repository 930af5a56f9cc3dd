package io.github.resnetspark.source.table;

import io.github.resnetspark.source.SourceListing.SourceExample;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the driver knows of a row. It has no picture.
 *
 * @param path the picture's path as the row has it; of encoded pictures without one, their digest
 * @param content identifies the bytes: their SHA-256, or the file's time of modification
 * @param bytes the picture's length
 * @param label as the row has it, without blanks around it; empty if there is none
 * @param split the same
 * @param kind how the row gives its picture
 * @param flaws why it gives none: one flaw at most, in a list because tasks must return it
 * @param file where the picture can be read, as soon as that is known
 * @param offset where it starts in that file
 */
record TableRow(
        String path,
        String content,
        long bytes,
        String label,
        String split,
        Kind kind,
        List<TableFlaw> flaws,
        String file,
        long offset)
        implements Serializable {
    /** How a row gives its picture. */
    enum Kind {
        /** It names a file. */
        NAMED,
        /** It names a file relative to a folder that nobody has named. */
        NOWHERE,
        /** It has the bytes. */
        ENCODED,
        /** Not at all. */
        NONE
    }

    /**
     * Depends on nothing but the rows: not on the order in which Spark reads them. Files are sorted folder by folder, as
     * in class folders.
     */
    static final Comparator<TableRow> ORDER = Comparator.comparing(
                    (TableRow row) -> row.path().replace('/', '\0'))
            .thenComparing(TableRow::content)
            .thenComparing(TableRow::label)
            .thenComparing(TableRow::split)
            .thenComparing(TableRow::bytes);

    /** The row with a flaw. */
    TableRow flawed(TableFlaw found) {
        return new TableRow(path, content, bytes, label, split, kind, List.of(found), file, offset);
    }

    /** Why it gives no picture; nothing if it does. */
    Optional<TableFlaw> flaw() {
        return flaws.stream().findFirst();
    }

    /** The row with another place of its picture. */
    TableRow at(String otherFile, long otherOffset) {
        return new TableRow(path, content, bytes, label, split, kind, flaws, otherFile, otherOffset);
    }

    /** Whether two rows have the same picture, label and split. */
    boolean isSameAs(TableRow other) {
        return ORDER.compare(this, other) == 0;
    }

    /** For the inventory of the source. */
    String line() {
        return String.join(
                "\t",
                path,
                Long.toString(bytes),
                content,
                label,
                split,
                flaw().map(TableFlaw::name).orElse(""));
    }

    /** @param number of its class */
    SourceExample example(int number) {
        return new SourceExample(path, number, file, offset, bytes);
    }
}
