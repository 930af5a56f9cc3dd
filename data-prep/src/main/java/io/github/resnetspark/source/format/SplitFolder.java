package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.source.PassedOver;
import io.github.resnetspark.source.PassedOver.Kind;
import io.github.resnetspark.source.PictureWalk;
import io.github.resnetspark.source.PictureWalk.Found;
import io.github.resnetspark.source.PictureWalk.Picture;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.ClassNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * The pictures of one split by class. Everything below the folder of a class, at any depth, belongs to that class.
 * Class names are in composed form (NFC), so two folders whose names differ only in their Unicode form are one class.
 *
 * @param name of the folder; empty if there is none
 * @param classes the pictures of each class, including classes without any
 * @param outside pictures outside the class folders
 * @param deeper classes with pictures in subfolders
 * @param twice classes that have two folders
 * @param passedOver everything that was skipped
 */
record SplitFolder(
        String name,
        SortedMap<String, List<Picture>> classes,
        List<Picture> outside,
        SortedSet<String> deeper,
        SortedSet<String> twice,
        PassedOver passedOver) {
    static final SplitFolder NONE =
            new SplitFolder("", new TreeMap<>(), List.of(), new TreeSet<>(), new TreeSet<>(), PassedOver.NONE);

    static SplitFolder of(Path folder, Storage storage) throws IOException {
        Found found = PictureWalk.below(folder, storage);
        SortedMap<String, List<Picture>> classes = new TreeMap<>();
        SortedSet<String> twice = new TreeSet<>();
        for (String name : found.folders()) {
            if (classes.put(ClassNames.composed(name), new ArrayList<>()) != null) {
                twice.add(ClassNames.composed(name));
            }
        }
        List<Picture> outside = new ArrayList<>();
        SortedSet<String> deeper = new TreeSet<>();
        for (Picture picture : found.pictures()) {
            int slash = picture.path().indexOf('/');
            if (slash < 0) {
                outside.add(picture);
            } else {
                String name = ClassNames.composed(picture.path().substring(0, slash));
                classes.get(name).add(picture);
                if (picture.path().indexOf('/', slash + 1) > 0) {
                    deeper.add(name);
                }
            }
        }
        return new SplitFolder(folder.getName(), classes, outside, deeper, twice, found.passedOver());
    }

    /** The same pictures with classes from a label file instead of folders. */
    SplitFolder labelled(FlatLabels labels, String labelFile) {
        List<Picture> all = new ArrayList<>(outside);
        classes.values().forEach(all::addAll);
        SortedMap<String, List<Picture>> labelled = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (Picture picture : all) {
            Optional<String> label =
                    labels.of(picture.path().substring(picture.path().lastIndexOf('/') + 1));
            label.ifPresentOrElse(
                    name -> labelled.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(picture),
                    () -> unknown.add(picture.path()));
        }
        if (!unknown.isEmpty()) {
            throw new SourceException(LabelFailures.incomplete(labelFile, name, unknown.get(0), unknown.size() - 1));
        }
        return new SplitFolder(name, labelled, List.of(), new TreeSet<>(), twice, passedOver);
    }

    /** Whether all pictures are directly in the folder and none in class folders. */
    boolean isFlat() {
        return pictures() == 0 && !outside.isEmpty();
    }

    /** The number of pictures with a class. */
    int pictures() {
        return classes.values().stream().mapToInt(List::size).sum();
    }

    /** Everything that is not read. */
    PassedOver allPassedOver() {
        return passedOver.plus(Kind.OUTSIDE_CLASSES, outside.size());
    }
}
