package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.source.FileRangeReader;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.PictureSource.SourceNotes;
import io.github.resnetspark.source.PictureWalk.Picture;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * A folder per split with a folder per class with pictures: {@code train/<class>/*.jpg}. Either split is enough, since
 * a test set needs no training pictures. If a share of the pictures is to validate, the folders may also be classes
 * without folders for splits. Validation pictures may all be in one folder if a text file has their labels,
 * as for ImageNet.
 */
final class ClassFolderSource implements PictureSource {

    private final Path root;
    private final Storage storage;
    private final List<String> labels;
    private final SynsetTexts synsets;
    private final boolean unsplit;
    private ClassFolders listed;

    ClassFolderSource(Path root, Storage storage, PrepareSettings settings) throws IOException {
        this.root = root;
        this.unsplit = settings.validationShare() > 0 && FolderLayout.isUnsplit(storage.status(root), storage);
        this.storage = storage;
        this.labels = settings.labels();
        this.synsets = new SynsetTexts(storage, settings.synsets());
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.CLASS_FOLDERS;
    }

    @Override
    public List<String> inventory() throws IOException {
        List<String> lines = new ArrayList<>();
        ClassFolders folders = folders();
        for (SplitFolder split : List.of(folders.train(), folders.validation())) {
            split.classes().values().stream()
                    .flatMap(List::stream)
                    .forEach(picture ->
                            lines.add(path(split, picture) + " " + picture.bytes() + " " + picture.modified()));
        }
        lines.addAll(folders.texts().inventory());
        return lines;
    }

    @Override
    public SourceNotes notes() throws IOException {
        return folders().notes();
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        ClassFolders folders = folders();
        List<String> classNames = classNames(folders);
        return new SourceListing(
                synsets.named(classNames),
                examples(folders.train(), classNames),
                examples(folders.validation(), classNames),
                // Paths begin with the name of the split's folder.
                new FileRangeReader((unsplit ? root.getParent() : root).toString()));
    }

    private ClassFolders folders() throws IOException {
        if (listed == null) {
            listed = unsplit ? ClassFolders.unsplit(root, storage, synsets) : ClassFolders.in(root, storage, synsets);
        }
        return listed;
    }

    private List<String> classNames(ClassFolders folders) throws IOException {
        Map<String, List<Picture>> naming = folders.naming().classes();
        String folder = folders.naming().name();
        List<String> names = ClassNumbering.of(naming.keySet(), labels, synsets.order());
        List<String> problems = new ArrayList<>();
        if (names.isEmpty()) {
            problems.add(SourceReasons.noClassFolders(folder));
        }
        for (String name : names) {
            if (naming.getOrDefault(name, List.of()).isEmpty()) {
                problems.add(SourceReasons.emptyClass(name, folder));
            }
        }
        Set<String> unexpected = new TreeSet<>(naming.keySet());
        unexpected.addAll(folders.validation().classes().keySet());
        names.forEach(unexpected::remove);
        for (String name : unexpected) {
            problems.add(
                    labels.isEmpty() ? SourceReasons.onlyInValidation(name, folder) : SourceReasons.notInLabels(name));
        }
        if (!problems.isEmpty()) {
            throw new SourceException(SourceFailures.unusableClasses(root.toString(), problems, folder));
        }
        return names;
    }

    private static List<SourceExample> examples(SplitFolder split, List<String> classNames) {
        Map<String, Integer> numbers = new HashMap<>();
        classNames.forEach(name -> numbers.put(name, numbers.size()));
        List<SourceExample> examples = new ArrayList<>();
        split.classes().forEach((name, pictures) -> {
            for (Picture picture : pictures) {
                String path = path(split, picture);
                examples.add(new SourceExample(path, numbers.get(name), path, 0, picture.bytes()));
            }
        });
        return examples;
    }

    /** Such as {@code train/n01440764/x.JPEG}. */
    private static String path(SplitFolder split, Picture picture) {
        return split.name() + "/" + picture.path();
    }
}
