package io.github.resnetspark.message.data;

import static io.github.resnetspark.message.data.Wording.path;
import static io.github.resnetspark.message.data.Wording.quoted;

import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why archives and binary files of a source cannot be used: CIFAR-10, ILSVRC2012, and tar archives in general. */
public final class ArchiveFailures {
    private static final String AGAIN = ". Download the archive again.";

    private ArchiveFailures() {}

    public static String notCifar10(String source) {
        return path(source) + " is not a folder, a .bin file, or a .tar, .tar.gz, .tgz or .tar.xz archive. Set"
                + " prepare.source to the binary version of CIFAR-10.";
    }

    /** {@code problems} are fragments of {@link SourceReasons} about records. */
    public static String damagedCifar10(String source, List<String> problems) {
        return path(source) + ": " + ShownText.first(problems)
                + ". Download the files again, and check that they are the binary version of CIFAR-10.";
    }

    public static String noTrainingBinaries(String source) {
        return path(source)
                + " has no .bin file with training pictures. A name that starts with 'test' marks validation"
                + " pictures. Correct prepare.source.";
    }

    public static String duplicateFile(String archive, String name) {
        return path(archive) + " contains two files named " + quoted(name) + AGAIN;
    }

    public static String cannotUnpack(String archive, String reason) {
        return path(archive) + " cannot be unpacked (" + ShownText.clause(reason) + ")" + AGAIN;
    }

    /** {@code total} is the bytes of all entries up to this one. */
    public static String tooLarge(
            String archive, String entry, long bytes, long total, long mostBytes, long mostTotal) {
        return path(archive) + " is too large to be CIFAR-10: its entry " + quoted(entry) + " has " + bytes
                + " bytes (limit " + mostBytes + "), and all entries up to it have " + total + " bytes (limit "
                + mostTotal
                + "). Set prepare.source to the binary version of CIFAR-10.";
    }

    /** A tar archive that is not itself in another one. */
    public static String unreadableTar(String archive, String reason) {
        return path(archive) + " cannot be read as a tar archive (" + ShownText.clause(reason) + ")" + AGAIN;
    }

    /** {@code member} is the damaged archive in the archive. */
    public static String unreadableTar(String archive, String member, String reason) {
        return path(archive) + ": " + quoted(member) + " cannot be read as a tar archive (" + ShownText.clause(reason)
                + ")" + AGAIN;
    }

    public static String escapingEntry(String archive, String entry) {
        return path(archive) + " has the entry " + quoted(entry)
                + ", which points outside the archive. Download it from a trusted source.";
    }

    public static String sparseEntry(String archive, String entry, long bytes) {
        return path(archive) + " contains " + quoted(entry) + " as a sparse file of " + bytes
                + " bytes, which is not supported. Create the archive again without --sparse.";
    }

    /**
     * {@code train} is the usual name of the training archive and {@code validation} is the usual name of the
     * validation archive.
     */
    public static String noIlsvrc2012(String folder, String train, String validation) {
        return path(folder) + " contains neither " + train + " nor archives of synsets such as n01440764.tar nor "
                + validation + ". Put the archives there, or correct prepare.source.";
    }

    public static String notSynsetArchive(String archive, String entry, String train) {
        return path(archive) + " contains " + quoted(entry)
                + ", which is not an archive of a synset. Set prepare.source to " + train
                + " or to the folder that contains it.";
    }

    /** {@code problems} are fragments of {@link SourceReasons} about synsets. */
    public static String otherSynsets(String archive, List<String> problems) {
        return path(archive) + ": " + ShownText.first(problems)
                + ". List exactly the synsets of the archive in prepare.labels, or leave it empty.";
    }

    public static String unexpectedValidationPicture(String archive, String entry, int pictures) {
        return path(archive) + " contains " + quoted(entry) + ", which is not one of the pictures 1 to " + pictures
                + " or is there twice. Download the archive and the labels again.";
    }

    public static String missingValidationPicture(String archive, int number, int pictures) {
        return path(archive) + " does not contain picture " + number + " of " + pictures
                + ". Download the archive again, or correct prepare.ground-truth.";
    }
}
