package io.github.resnetspark.source;

import io.github.resnetspark.shard.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * ILSVRC2012's archives as they are handed out: {@code ILSVRC2012_img_train.tar}, an archive of one archive per synset, and
 * {@code ILSVRC2012_img_val.tar} beside it, whose pictures are told apart by a file of labels. Nothing is unpacked: the
 * archives are listed once, and each task seeks to its pictures.
 */
final class Ilsvrc2012Source implements PictureSource {
    private static final String TRAIN = "ILSVRC2012_img_train.tar";
    private static final String VALIDATION = "ILSVRC2012_img_val.tar";
    private static final Pattern VALIDATION_NAME = Pattern.compile("(?:.*/)?ILSVRC2012_val_(\\d{8})\\.JPEG");

    private final Path train;
    private final Optional<Path> validation;
    private final Storage storage;
    private final List<String> labels;
    private final SynsetTexts synsets;

    Ilsvrc2012Source(FileStatus source, Storage storage, PrepareSettings settings) throws IOException {
        this.storage = storage;
        this.labels = settings.labels();
        Path folder = source.isDirectory() ? source.getPath() : source.getPath().getParent();
        this.train = source.isDirectory() ? new Path(folder, TRAIN) : source.getPath();
        Path beside = new Path(folder, VALIDATION);
        this.validation = source.isDirectory() && storage.exists(beside) ? Optional.of(beside) : Optional.empty();
        this.synsets = new SynsetTexts(storage, settings.synsets()).orIn(folder);
        if (!storage.exists(train)) {
            throw new SourceException(
                    folder + " has no " + TRAIN + ". Put the archive there, or correct prepare.source.");
        }
    }

    static boolean looksLikeIt(FileStatus source, Storage storage) throws IOException {
        return source.isDirectory()
                ? storage.exists(new Path(source.getPath(), TRAIN))
                : source.getPath().getName().equals(TRAIN);
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.ILSVRC2012;
    }

    @Override
    public List<String> inventory() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(TRAIN + " " + storage.status(train).getLen());
        if (validation.isPresent()) {
            lines.add(VALIDATION + " " + storage.status(validation.get()).getLen());
        }
        lines.addAll(synsets.inventory());
        return lines;
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        Map<String, List<TarMember>> pictures = trainPictures(work);
        List<String> order = ClassOrder.of(pictures.keySet(), labels, synsets.order());
        refuseDifferentClasses(pictures, order);
        List<SourceExample> examples = new ArrayList<>();
        pictures.forEach((synset, members) -> {
            int label = order.indexOf(synset);
            for (TarMember member : members) {
                String path = "train/" + synset + "/" + fileName(member);
                examples.add(new SourceExample(path, label, train.getName(), member.offset(), member.bytes()));
            }
        });
        return new SourceListing(
                synsets.named(order),
                examples,
                validation.isPresent() ? validationExamples(validation.get(), order) : List.of(),
                new FileRangeReader(train.getParent().toString()),
                0);
    }

    private Map<String, List<TarMember>> trainPictures(ParallelWork work) throws IOException {
        List<TarMember> archives = new TarIndex(storage, train)
                .members().stream()
                        .sorted(Comparator.comparing(TarMember::name))
                        .toList();
        for (TarMember archive : archives) {
            if (!archive.name().endsWith(".tar")) {
                throw new SourceException(train + " holds «" + archive.name() + "», which is no archive of a synset. "
                        + "Set prepare.source to " + TRAIN + " or to the folder that has it.");
            }
        }
        List<List<TarMember>> members = work.run(
                "Listing archives",
                archives,
                new IndexSynset(
                        train.toString(), new SerializableConfiguration(new Configuration(storage.configuration()))));
        Map<String, List<TarMember>> pictures = new LinkedHashMap<>();
        for (int i = 0; i < archives.size(); i++) {
            pictures.put(fileName(archives.get(i)).replace(".tar", ""), members.get(i));
        }
        return pictures;
    }

    private void refuseDifferentClasses(Map<String, List<TarMember>> pictures, List<String> order) {
        List<String> problems = new ArrayList<>();
        pictures.keySet().stream()
                .filter(synset -> !order.contains(synset))
                .forEach(synset -> problems.add("«" + synset + "» is not in prepare.labels"));
        order.stream()
                .filter(synset -> !pictures.containsKey(synset))
                .forEach(synset -> problems.add("there is no archive of «" + synset + "»"));
        if (!problems.isEmpty()) {
            throw new SourceException(train + ": " + String.join(", ", problems)
                    + ". List exactly the synsets of the archive in prepare.labels, or none.");
        }
    }

    private List<SourceExample> validationExamples(Path archive, List<String> order) throws IOException {
        List<String> truth = synsets.groundTruth();
        SourceExample[] byNumber = new SourceExample[truth.size()];
        for (TarMember member : new TarIndex(storage, archive).members()) {
            Matcher name = VALIDATION_NAME.matcher(member.name());
            int number = name.matches() ? Integer.parseInt(name.group(1)) : 0;
            if (number < 1 || number > truth.size() || byNumber[number - 1] != null) {
                throw new SourceException(archive + " holds «" + member.name() + "», which is no picture from 1 to "
                        + truth.size() + " or is there twice. Fetch the archive and the labels again.");
            }
            int label = order.indexOf(truth.get(number - 1));
            if (label < 0) {
                throw new SourceException("«" + member.name() + "» shows " + truth.get(number - 1)
                        + ", which is no class of " + train + ". Take archives and labels of the same release.");
            }
            byNumber[number - 1] = new SourceExample(
                    "validation/" + fileName(member), label, archive.getName(), member.offset(), member.bytes());
        }
        for (int i = 0; i < byNumber.length; i++) {
            if (byNumber[i] == null) {
                throw new SourceException(archive + " lacks picture " + (i + 1) + " of " + byNumber.length
                        + ". Fetch the archive again, or correct prepare.ground-truth.");
            }
        }
        return List.of(byNumber);
    }

    private static String fileName(TarMember member) {
        return member.name().substring(member.name().lastIndexOf('/') + 1);
    }
}
