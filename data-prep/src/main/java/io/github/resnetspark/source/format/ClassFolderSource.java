package io.github.resnetspark.source.format;

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
 * A folder per split, in it a folder per class, in it pictures: {@code train/<class>/*.jpg}. Either split may stand alone:
 * pictures to judge a model by need none to train on. Pictures to validate with may lie in one folder, as ImageNet's do, where a
 * text file says what they show.
 */
final class ClassFolderSource implements PictureSource {
    private static final int NAMED = 10;

    private final Path root;
    private final Storage storage;
    private final List<String> labels;
    private final SynsetTexts synsets;
    private ClassFolders listed;

    ClassFolderSource(Path root, Storage storage, PrepareSettings settings) {
        this.root = root;
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
                new FileRangeReader(root.toString()));
    }

    private ClassFolders folders() throws IOException {
        if (listed == null) {
            listed = ClassFolders.in(root, storage, synsets);
        }
        return listed;
    }

    private List<String> classNames(ClassFolders folders) throws IOException {
        Map<String, List<Picture>> naming = folders.naming().classes();
        String folder = "«" + folders.naming().name() + "»";
        List<String> names = ClassNumbering.of(naming.keySet(), labels, synsets.order());
        List<String> problems = new ArrayList<>();
        if (names.isEmpty()) {
            problems.add(folder + " has no class folders");
        }
        for (String name : names) {
            if (naming.getOrDefault(name, List.of()).isEmpty()) {
                problems.add("class «" + name + "» has no picture in " + folder);
            }
        }
        Set<String> strangers = new TreeSet<>(naming.keySet());
        strangers.addAll(folders.validation().classes().keySet());
        names.forEach(strangers::remove);
        for (String name : strangers) {
            problems.add(
                    labels.isEmpty()
                            ? "class «" + name + "» has a validation folder but none in " + folder
                            : "folder «" + name + "» is not in prepare.labels");
        }
        if (!problems.isEmpty()) {
            throw new SourceException(root + ": " + some(problems)
                    + ". Give every class a folder with pictures in " + folder
                    + ", and list them all in prepare.labels or none.");
        }
        return names;
    }

    private static String some(List<String> all) {
        int more = all.size() - NAMED;
        return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                + (more > 0 ? " and " + more + " more" : "");
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
