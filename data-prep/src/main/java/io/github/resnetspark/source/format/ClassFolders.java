package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.message.data.SourceNotices;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PictureSource.SourceNotes;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a source with one folder per split.
 *
 * @param train the training pictures
 * @param validation the validation pictures
 * @param texts the synset files that were used
 * @param notes skipped files and warnings
 */
record ClassFolders(SplitFolder train, SplitFolder validation, SynsetTexts texts, SourceNotes notes) {
    private static final Logger LOG = LoggerFactory.getLogger(ClassFolders.class);
    /** The folder of Tiny ImageNet's validation pictures. */
    private static final String ANNOTATED = "images";

    /** The split that determines the classes. */
    SplitFolder naming() {
        return train.name().isEmpty() ? validation : train;
    }

    /**
     * Reads the folders and logs which of them is which split.
     *
     * @throws SourceException if there is no split, if a split is ambiguous, or if pictures have no labels
     */
    static ClassFolders in(Path root, Storage storage, SynsetTexts synsets) throws IOException {
        return in(root, FolderLayout.of(root, storage), storage, synsets);
    }

    /** The same for a folder whose folders are classes of one split. */
    static ClassFolders unsplit(Path root, Storage storage, SynsetTexts synsets) throws IOException {
        return in(root, FolderLayout.unsplit(root), storage, synsets);
    }

    private static ClassFolders in(Path root, FolderLayout layout, Storage storage, SynsetTexts synsets)
            throws IOException {
        SplitFolder train = read(layout.train(), storage);
        SplitFolder validation = read(layout.validation(), storage);
        List<String> warnings = new ArrayList<>();
        SynsetTexts texts = synsets;
        if (isWithoutClasses(validation, layout, storage)) {
            texts = synsets.orGroundTruth(
                    FlatLabels.usualFiles(root, layout.validation().orElseThrow()), root);
            if (!texts.groundTruthFile().isEmpty()) {
                validation = validation.labelled(FlatLabels.of(texts), texts.groundTruthFile());
            } else if (layout.validatesOnTest() && layout.train().isPresent()) {
                // Competitions publish test pictures without labels.
                warnings.add(SourceNotices.unlabelledTestIgnored(validation.name()));
                validation = SplitFolder.NONE;
            } else {
                throw unlabelled(root, validation.name());
            }
        }
        if (layout.validatesOnTest() && layout.train().isPresent() && validation.pictures() > 0) {
            warnings.add(SourceNotices.testUsedAsValidation(validation.name(), train.name()));
        }
        for (SplitFolder split : List.of(train, validation)) {
            split.twice().forEach(name -> warnings.add(SourceNotices.sameClassTwice(split.name(), name)));
        }
        PassedOver passedOver = train.allPassedOver().plus(validation.allPassedOver());
        log(train, "training");
        log(validation, "validation");
        if (layout.test().isPresent() && !layout.validatesOnTest()) {
            LOG.info("{}", SourceNotices.testFolderIgnored(layout.test().get().getName()));
        }
        warnings.forEach(LOG::warn);
        if (!passedOver.isEmpty()) {
            LOG.warn("{}", SourceNotices.skipped(root.toString(), passedOver.text()));
        }
        return new ClassFolders(train, validation, texts, new SourceNotes(passedOver, warnings));
    }

    private static boolean isWithoutClasses(SplitFolder validation, FolderLayout layout, Storage storage)
            throws IOException {
        if (validation.isFlat()) {
            return true;
        }
        return validation.classes().keySet().equals(Set.of(ANNOTATED))
                && storage.exists(new Path(layout.validation().orElseThrow(), FlatLabels.ANNOTATIONS));
    }

    private static SplitFolder read(Optional<Path> folder, Storage storage) throws IOException {
        return folder.isPresent() ? SplitFolder.of(folder.get(), storage) : SplitFolder.NONE;
    }

    private static SourceException unlabelled(Path root, String folder) {
        return new SourceException(LabelFailures.unlabelled(
                root.toString(), folder, List.of(FlatLabels.SOLUTION, SynsetTexts.GROUND_TRUTHS.get(0))));
    }

    private static void log(SplitFolder split, String of) {
        if (!split.name().isEmpty()) {
            LOG.info(
                    "{}",
                    SourceNotices.split(
                            split.name(), of, split.pictures(), split.classes().size()));
        }
        if (!split.deeper().isEmpty()) {
            LOG.info("{}", SourceNotices.nestedPictures(split.name(), List.copyOf(split.deeper())));
        }
    }
}
