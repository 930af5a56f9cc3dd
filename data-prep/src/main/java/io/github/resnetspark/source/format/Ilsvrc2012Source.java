package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.ArchiveFailures;
import io.github.resnetspark.message.data.LabelFailures;
import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.source.FileRangeReader;
import io.github.resnetspark.source.PictureSource;
import io.github.resnetspark.source.PictureSource.ParallelWork;
import io.github.resnetspark.source.PrepareSettings;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.SourceFormat;
import io.github.resnetspark.source.SourceListing;
import io.github.resnetspark.source.SourceListing.SourceExample;
import io.github.resnetspark.source.format.TarIndex.TarMember;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * ILSVRC2012's archives as distributed: {@code ILSVRC2012_img_train.tar}, an archive with one archive per synset (or
 * those archives extracted from it), and {@code ILSVRC2012_img_val.tar}, whose labels are in a separate file. Either
 * may be missing. Nothing is unpacked: the archives are listed once, and each task seeks to its pictures.
 */
final class Ilsvrc2012Source implements PictureSource {
    private static final Pattern VALIDATION_NAME = Pattern.compile("(?:.*/)?ILSVRC2012_val_(\\d{8})\\.JPEG");

    private final Ilsvrc2012Files files;
    private final Storage storage;
    private final List<String> labels;
    private final SynsetTexts synsets;

    Ilsvrc2012Source(FileStatus source, Storage storage, PrepareSettings settings) throws IOException {
        this.storage = storage;
        this.labels = settings.labels();
        this.files = Ilsvrc2012Files.in(source, storage);
        this.synsets = new SynsetTexts(storage, settings.synsets()).orIn(files.folder());
        if (!files.isSomething()) {
            throw new SourceException(ArchiveFailures.noIlsvrc2012(
                    files.folder().toString(), Ilsvrc2012Files.TRAIN, Ilsvrc2012Files.VALIDATION));
        }
    }

    @Override
    public SourceFormat format() {
        return SourceFormat.ILSVRC2012;
    }

    @Override
    public List<String> inventory() throws IOException {
        List<String> lines = new ArrayList<>();
        for (FileStatus file : files.all()) {
            lines.add(files.relative(file.getPath()) + " " + file.getLen());
        }
        lines.addAll(synsets.inventory());
        return lines;
    }

    @Override
    public SourceListing list(Path staging, ParallelWork work) throws IOException {
        Map<SynsetArchive, List<TarMember>> pictures = trainPictures(work);
        List<String> found =
                pictures.keySet().stream().map(SynsetArchive::synset).toList();
        List<String> truth = files.validation().isPresent() ? synsets.groundTruth() : List.of();
        List<String> order = ClassNumbering.of(found.isEmpty() ? new HashSet<>(truth) : found, labels, synsets.order());
        if (!found.isEmpty()) {
            refuseDifferentClasses(found, order);
        }
        List<SourceExample> examples = new ArrayList<>();
        pictures.forEach((archive, members) -> {
            int label = order.indexOf(archive.synset());
            String file = files.relative(new Path(archive.file()));
            for (TarMember member : members) {
                String path = "train/" + archive.synset() + "/" + fileName(member);
                examples.add(new SourceExample(path, label, file, member.offset(), member.bytes()));
            }
        });
        return new SourceListing(
                synsets.named(order),
                examples,
                files.validation().isPresent()
                        ? validationExamples(files.validation().get().getPath(), truth, order)
                        : List.of(),
                new FileRangeReader(files.folder().toString()));
    }

    private Map<SynsetArchive, List<TarMember>> trainPictures(ParallelWork work) throws IOException {
        List<SynsetArchive> archives = new ArrayList<>();
        for (FileStatus file : files.synsets()) {
            String name = file.getPath().getName();
            archives.add(
                    new SynsetArchive(synset(name), file.getPath().toString(), new TarMember(name, 0, file.getLen())));
        }
        if (files.train().isPresent()) {
            archives.addAll(archivesWithin(files.train().get().getPath()));
        }
        List<List<TarMember>> members = work.run(
                "Listing archives",
                archives,
                new IndexSynset(new SerializableConfiguration(new Configuration(storage.configuration()))));
        Map<SynsetArchive, List<TarMember>> pictures = new LinkedHashMap<>();
        for (int i = 0; i < archives.size(); i++) {
            pictures.put(archives.get(i), members.get(i));
        }
        return pictures;
    }

    private List<SynsetArchive> archivesWithin(Path train) throws IOException {
        List<SynsetArchive> archives = new ArrayList<>();
        List<TarMember> members = new TarIndex(storage, train)
                .members().stream()
                        .sorted(Comparator.comparing(TarMember::name))
                        .toList();
        for (TarMember member : members) {
            if (!member.name().endsWith(".tar")) {
                throw new SourceException(
                        ArchiveFailures.notSynsetArchive(train.toString(), member.name(), Ilsvrc2012Files.TRAIN));
            }
            archives.add(new SynsetArchive(synset(fileName(member)), train.toString(), member));
        }
        return archives;
    }

    private static String synset(String name) {
        return name.replace(".tar", "");
    }

    private void refuseDifferentClasses(List<String> found, List<String> order) {
        List<String> problems = new ArrayList<>();
        found.stream()
                .filter(synset -> !order.contains(synset))
                .forEach(synset -> problems.add(SourceReasons.notInLabels(synset)));
        order.stream()
                .filter(synset -> !found.contains(synset))
                .forEach(synset -> problems.add(SourceReasons.noSynsetArchive(synset)));
        if (!problems.isEmpty()) {
            Path archive = files.train().map(FileStatus::getPath).orElse(files.folder());
            throw new SourceException(ArchiveFailures.otherSynsets(archive.toString(), problems));
        }
    }

    private List<SourceExample> validationExamples(Path archive, List<String> truth, List<String> order)
            throws IOException {
        SourceExample[] byNumber = new SourceExample[truth.size()];
        for (TarMember member : new TarIndex(storage, archive).members()) {
            Matcher name = VALIDATION_NAME.matcher(member.name());
            int number = name.matches() ? Integer.parseInt(name.group(1)) : 0;
            if (number < 1 || number > truth.size() || byNumber[number - 1] != null) {
                throw new SourceException(
                        ArchiveFailures.unexpectedValidationPicture(archive.toString(), member.name(), truth.size()));
            }
            int label = order.indexOf(truth.get(number - 1));
            if (label < 0) {
                throw new SourceException(LabelFailures.unknownClass(
                        member.name(),
                        truth.get(number - 1),
                        files.train().isPresent() ? Ilsvrc2012Files.TRAIN : "the source"));
            }
            byNumber[number - 1] = new SourceExample(
                    "validation/" + fileName(member), label, archive.getName(), member.offset(), member.bytes());
        }
        for (int i = 0; i < byNumber.length; i++) {
            if (byNumber[i] == null) {
                throw new SourceException(
                        ArchiveFailures.missingValidationPicture(archive.toString(), i + 1, byNumber.length));
            }
        }
        return List.of(byNumber);
    }

    private static String fileName(TarMember member) {
        return member.name().substring(member.name().lastIndexOf('/') + 1);
    }

    /**
     * The archive of one synset.
     *
     * @param synset the class of its pictures
     * @param file the file that it is, or that contains it
     * @param place the range of its bytes in that file
     */
    private record SynsetArchive(String synset, String file, TarMember place) implements Serializable {}

    /**
     * The Spark task that lists the pictures of one archive, which may be inside another one.
     *
     * @param configuration the Hadoop configuration
     */
    private record IndexSynset(SerializableConfiguration configuration)
            implements Function<SynsetArchive, List<TarMember>> {
        @Override
        public List<TarMember> call(SynsetArchive archive) throws IOException {
            return new TarIndex(Storage.of(configuration.value()), new Path(archive.file())).members(archive.place());
        }
    }
}
