package io.github.resnetspark.source.format;

import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PictureSource.SourceNotes;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.ShownText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a source that has a folder per split.
 *
 * @param train to train on
 * @param validation to validate with
 * @param texts the files about synsets that were used
 * @param notes what is odd
 */
record ClassFolders(SplitFolder train, SplitFolder validation, SynsetTexts texts, SourceNotes notes) {
    private static final Logger LOG = LoggerFactory.getLogger(ClassFolders.class);
    /** The folder of Tiny ImageNet's validation pictures. */
    private static final String ANNOTATED = "images";

    private static final int NAMED = 10;

    /** The split that says which classes there are. */
    SplitFolder naming() {
        return train.name().isEmpty() ? validation : train;
    }

    /**
     * Reads the folders, and logs which of them is which split.
     *
     * @throws SourceException if there is no split, one twice, or pictures of which nothing says what they show
     */
    static ClassFolders in(Path root, Storage storage, SynsetTexts synsets) throws IOException {
        FolderLayout layout = FolderLayout.of(root, storage);
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
                // Competitions hand out test pictures without their classes.
                warnings.add(
                        "Nothing says what the pictures in «" + validation.name() + "» show, so they are not read.");
                validation = SplitFolder.NONE;
            } else {
                throw unlabelled(root, validation.name());
            }
        }
        if (layout.validatesOnTest() && layout.train().isPresent() && validation.pictures() > 0) {
            warnings.add("There is no folder «validation», so the pictures in «" + validation.name()
                    + "» choose the best epoch, and no figure of theirs is one of unseen pictures. Move some of the "
                    + "pictures in «" + train.name() + "» to validation/<class>.");
        }
        for (SplitFolder split : List.of(train, validation)) {
            split.twice()
                    .forEach(name -> warnings.add("Two folders in «" + split.name() + "» are called «" + name
                            + "» in different Unicode forms; they are taken as one class."));
        }
        PassedOver passedOver = train.allPassedOver().plus(validation.allPassedOver());
        log(train, "training");
        log(validation, "validation");
        if (layout.test().isPresent() && !layout.validatesOnTest()) {
            LOG.info("{}/ is not read", ShownText.line(layout.test().get().getName()));
        }
        warnings.forEach(LOG::warn);
        if (!passedOver.isEmpty()) {
            LOG.warn("{}: passed over {}", ShownText.line(root.toString()), ShownText.line(passedOver.text()));
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
        return new SourceException(new Path(root, folder)
                + " has pictures but no class folders, and nothing says what they show. Arrange "
                + "them as " + folder + "/<class>/<picture>; or for ImageNet's pictures put " + FlatLabels.SOLUTION
                + " or " + SynsetTexts.GROUND_TRUTHS.get(0) + " into " + root + ", or set prepare.ground-truth to it.");
    }

    private static void log(SplitFolder split, String of) {
        if (!split.name().isEmpty()) {
            LOG.info(
                    "{}/ → {} split: {} in {}",
                    split.name(),
                    of,
                    counted(split.pictures(), "picture", "pictures"),
                    counted(split.classes().size(), "class", "classes"));
        }
        if (!split.deeper().isEmpty()) {
            LOG.info(
                    "{}/: {} with pictures in deeper folders, which count as that class: {}{}",
                    split.name(),
                    counted(split.deeper().size(), "class", "classes"),
                    ShownText.line(String.join(
                            ", ", split.deeper().stream().limit(NAMED).toList())),
                    split.deeper().size() > NAMED ? ", …" : "");
        }
    }

    private static String counted(int count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }
}
