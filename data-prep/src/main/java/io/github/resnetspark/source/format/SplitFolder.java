package io.github.resnetspark.source.format;

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
 * The pictures of one split by class. All that is below a class's folder, at any depth, is of that class. Names of
 * classes are in their composed form (NFC): two folders whose names differ only in that are one class.
 *
 * @param name of the folder; empty where there is none
 * @param classes the pictures of each class, empty ones too
 * @param outside pictures that lie in no class's folder
 * @param deeper classes that have pictures in folders of their folder
 * @param twice classes that have two folders
 * @param passedOver what else there is
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

    /** The same, where labels tell what each picture shows and folders mean nothing. */
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
            throw new SourceException(labelFile + " does not label every picture of «" + name + "»: «" + unknown.get(0)
                    + "»" + (unknown.size() > 1 ? " and " + (unknown.size() - 1) + " more are missing" : " is missing")
                    + ". Take both of the same release, or remove the pictures.");
        }
        return new SplitFolder(name, labelled, List.of(), new TreeSet<>(), twice, passedOver);
    }

    /** Whether pictures lie in the folder itself, and none in class folders. */
    boolean isFlat() {
        return pictures() == 0 && !outside.isEmpty();
    }

    /** How many pictures have a class. */
    int pictures() {
        return classes.values().stream().mapToInt(List::size).sum();
    }

    /** What is not read of it. */
    PassedOver allPassedOver() {
        return passedOver.plus(Kind.OUTSIDE_CLASSES, outside.size());
    }
}
