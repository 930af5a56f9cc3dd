package io.github.resnetspark.source;

import io.github.resnetspark.shard.Split;
import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A folder per split, in it a folder per class, in it pictures: {@code train/<class>/*.jpg}. The other split is the
 * first there is of {@code validation}, {@code val} and {@code test}, which may stand alone: pictures to judge a model by.
 * Names that begin with a dot or an underscore are passed over.
 */
final class ClassFolderSource implements PictureSource {
    private static final String TRAIN = "train";
    private static final List<String> VALIDATION_FOLDERS = List.of("validation", "val", "test");
    /** What a picture is shows in its bytes; the name only tells that somebody thought it was one. */
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp", "heic", "heif", "avif");

    private final Path root;
    private final Storage storage;
    private final List<String> labels;
    private final SynsetTexts synsets;
    private Folders listed;

    ClassFolderSource(Path root, Storage storage, PrepareSettings settings) {
        this.root = root;
        this.storage = storage;
        this.labels = settings.labels();
        this.synsets = new SynsetTexts(storage, settings.synsets());
    }

    static boolean looksLikeIt(FileStatus root, Storage storage) throws IOException {
        return root.isDirectory()
                && (storage.exists(new Path(root.getPath(), TRAIN))
                        || validationFolder(root.getPath(), storage).isPresent());
    }

    private static Optional<String> validationFolder(Path root, Storage storage) throws IOException {
        for (String folder : VALIDATION_FOLDERS) {
            if (storage.exists(new Path(root, folder))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.CLASS_FOLDERS;
    }

    @Override
    public List<String> inventory() throws IOException {
        List<String> lines = new ArrayList<>();
        Folders folders = folders();
        for (Split split : Split.values()) {
            folders.pictures(split)
                    .forEach((name, pictures) -> pictures.forEach(picture -> lines.add(
                            relative(picture) + " " + picture.getLen() + " " + picture.getModificationTime())));
        }
        lines.addAll(synsets.inventory());
        return lines;
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        Folders folders = folders();
        List<String> classNames = classNames(folders);
        return new SourceListing(
                synsets.named(classNames),
                examples(folders.train(), classNames),
                examples(folders.validation(), classNames),
                new FileRangeReader(root.toString()),
                folders.ignored());
    }

    /**
     * What there is.
     *
     * @param named the folder that says which classes there are
     * @param train pictures to train on, by class name
     * @param validation pictures to validate with
     * @param ignored the number of files that are no pictures
     */
    private record Folders(
            String named,
            SortedMap<String, List<FileStatus>> train,
            SortedMap<String, List<FileStatus>> validation,
            int ignored) {
        SortedMap<String, List<FileStatus>> naming() {
            return named.equals(TRAIN) ? train : validation;
        }

        SortedMap<String, List<FileStatus>> pictures(Split split) {
            return split == Split.TRAIN ? train : validation;
        }
    }

    private Folders folders() throws IOException {
        if (listed == null) {
            listed = listFolders();
        }
        return listed;
    }

    private Folders listFolders() throws IOException {
        Optional<String> train = storage.exists(new Path(root, TRAIN)) ? Optional.of(TRAIN) : Optional.empty();
        Optional<String> validation = validationFolder(root, storage);
        if (train.isEmpty() && validation.isEmpty()) {
            throw new SourceException(root + " has no folder «train». Arrange the pictures as train/<class>/<picture>, "
                    + "or correct prepare.source.");
        }
        int[] ignored = new int[1];
        return new Folders(
                train.or(() -> validation).orElseThrow(),
                train.isEmpty() ? new TreeMap<>() : classes(TRAIN, ignored),
                validation.isEmpty() ? new TreeMap<>() : classes(validation.get(), ignored),
                ignored[0]);
    }

    private SortedMap<String, List<FileStatus>> classes(String split, int[] ignored) throws IOException {
        SortedMap<String, List<FileStatus>> classes = new TreeMap<>();
        for (FileStatus folder : storage.list(new Path(root, split))) {
            if (hidden(folder)) {
                continue;
            }
            if (!folder.isDirectory()) {
                ignored[0]++;
                continue;
            }
            List<FileStatus> pictures = new ArrayList<>();
            for (FileStatus file : storage.list(folder.getPath())) {
                if (file.isFile() && EXTENSIONS.contains(extension(file))) {
                    pictures.add(file);
                } else if (!hidden(file)) {
                    ignored[0]++;
                }
            }
            pictures.removeIf(ClassFolderSource::hidden);
            classes.put(folder.getPath().getName(), pictures);
        }
        return classes;
    }

    private List<String> classNames(Folders folders) throws IOException {
        Map<String, List<FileStatus>> naming = folders.naming();
        String folder = "«" + folders.named() + "»";
        List<String> names = ClassOrder.of(naming.keySet(), labels, synsets.order());
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
        strangers.addAll(folders.validation().keySet());
        names.forEach(strangers::remove);
        for (String name : strangers) {
            problems.add(
                    labels.isEmpty()
                            ? "class «" + name + "» has a validation folder but none in " + folder
                            : "folder «" + name + "» is not in prepare.labels");
        }
        if (!problems.isEmpty()) {
            throw new SourceException(root + ": " + String.join(", ", problems)
                    + ". Give every class a folder with pictures in " + folder
                    + ", and list them all in prepare.labels or none.");
        }
        return names;
    }

    private List<SourceExample> examples(Map<String, List<FileStatus>> classes, List<String> classNames) {
        List<SourceExample> examples = new ArrayList<>();
        classes.forEach((name, pictures) -> {
            int label = classNames.indexOf(name);
            for (FileStatus picture : pictures) {
                String path = relative(picture);
                examples.add(new SourceExample(path, label, path, 0, picture.getLen()));
            }
        });
        return examples;
    }

    /** Such as {@code train/n01440764/x.JPEG}. */
    private static String relative(FileStatus picture) {
        Path folder = picture.getPath().getParent();
        return folder.getParent().getName() + "/" + folder.getName() + "/"
                + picture.getPath().getName();
    }

    private static boolean hidden(FileStatus status) {
        String name = status.getPath().getName();
        return name.startsWith(".") || name.startsWith("_");
    }

    private static String extension(FileStatus file) {
        String name = file.getPath().getName();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
