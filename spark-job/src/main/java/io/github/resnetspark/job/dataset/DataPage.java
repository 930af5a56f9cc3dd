package io.github.resnetspark.job.dataset;

import static j2html.TagCreator.br;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.github.resnetspark.job.dataset.RejectedPictures.Rejected;
import io.github.resnetspark.job.dataset.SeenPictures.Seen;
import io.github.resnetspark.page.Page;
import io.github.resnetspark.page.PagePicture;
import io.github.resnetspark.page.PageTable;
import io.github.resnetspark.page.PageTiles;
import io.github.resnetspark.recipe.ChoiceNames;
import io.github.resnetspark.shard.Manifest;
import io.github.resnetspark.shard.ShardDirectory;
import io.github.resnetspark.shard.Split;
import j2html.tags.DomContent;
import j2html.tags.specialized.LiTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page of a data set. */
final class DataPage {
    private static final List<String> CHANNELS = List.of("red", "green", "blue");

    private DataPage() {}

    /** @param name of the data set */
    static Page of(String name, Manifest manifest, DataSample sample, SeenPictures seen, RejectedPictures rejected) {
        return new Page(
                name,
                "Data set from " + manifest.source(),
                List.of(
                        tiles(manifest),
                        ClassCounts.section(manifest),
                        SizeSection.of(sample),
                        channels(manifest.channels()),
                        pictures(seen, manifest),
                        rejected(rejected),
                        options(manifest)));
    }

    private static DomContent tiles(Manifest manifest) {
        PageTiles tiles = new PageTiles();
        tiles.put("training pictures", number(manifest.examples(Split.TRAIN)));
        tiles.put("validation pictures", number(manifest.examples(Split.VALIDATION)));
        tiles.put("classes", number(manifest.classes()));
        tiles.put("rejected", number(manifest.quarantined().size()));
        tiles.put("shards", number(manifest.shards().size()));
        long bytes = manifest.shards().stream().mapToLong(Manifest.Shard::bytes).sum();
        tiles.put("size", String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6));
        return tiles.html();
    }

    private static DomContent channels(Manifest.ChannelStatistics channels) {
        if (channels.pictures() == 0) {
            return section(h2("Channels"), p("There are no training pictures to measure."));
        }
        PageTable table = new PageTable(1, "channel", "mean", "standard deviation");
        for (int channel = 0; channel < CHANNELS.size(); channel++) {
            table.row(
                    CHANNELS.get(channel),
                    String.format(Locale.ROOT, "%.4f", channels.mean().get(channel)),
                    String.format(Locale.ROOT, "%.4f", channels.std().get(channel)));
        }
        return section(
                h2("Channels"),
                p("Of the training pictures, on the scale 0 to 1, from " + number(channels.pictures()) + " pictures.")
                        .withClass("note"),
                table.html());
    }

    private static DomContent pictures(SeenPictures seen, Manifest manifest) {
        List<DomContent> parts = new ArrayList<>();
        parts.add(h2("Pictures as the network sees them"));
        if (seen.pictures().isEmpty()) {
            parts.add(p("None of the sampled pictures can be decoded."));
        } else {
            int input = seen.kind().preprocessing().inputSize();
            String augmentation = ChoiceNames.of(seen.kind().variation().augmentation());
            parts.add(p(String.format(
                            Locale.ROOT,
                            "A sample, for an input of %d × %d, and with %s in training, %s.",
                            input,
                            input,
                            augmentation,
                            seen.kind().fromRecipe()
                                    ? "as the recipe says"
                                    : "which is usual for pictures of this size"))
                    .withClass("note"));
            parts.add(h3("In evaluation"));
            parts.add(gallery(seen, manifest.classNames(), Seen::evaluated));
            parts.add(h3("The same in training, once"));
            parts.add(gallery(seen, manifest.classNames(), Seen::trained));
        }
        return section(each(parts, part -> part));
    }

    private static DomContent gallery(SeenPictures seen, List<String> names, Function<Seen, String> picture) {
        return ul(each(
                        seen.pictures(),
                        each -> li(
                                PagePicture.of(picture.apply(each), names.get(each.label())),
                                text(names.get(each.label())))))
                .withClass("gallery");
    }

    private static DomContent rejected(RejectedPictures rejected) {
        if (rejected.first().isEmpty()) {
            return section(h2("Rejected pictures"), p("None."));
        }
        return section(
                h2("Rejected pictures"),
                p("They are in no shard. A picture is shown where something of it can be decoded.")
                        .withClass("note"),
                ul(each(rejected.first(), DataPage::rejected)).withClass("gallery"),
                rejected.more() == 0
                        ? text("")
                        : p(number(rejected.more()) + " more in " + ShardDirectory.MANIFEST + ", under quarantined."));
    }

    private static LiTag rejected(Rejected picture) {
        return li(
                picture.thumbnail()
                        .<DomContent>map(uri -> PagePicture.of(uri, picture.path()))
                        .orElseGet(() -> p("no picture").withClass("note")),
                strong(picture.path()),
                br(),
                text(picture.reason()));
    }

    private static DomContent options(Manifest manifest) {
        PageTable table = new PageTable(2, "option of prepare", "value");
        Stream.concat(
                        manifest.options().entrySet().stream(),
                        Stream.of(
                                Map.entry("written by release", manifest.toolVersion()),
                                Map.entry("fingerprint", manifest.fingerprint())))
                .forEach(option -> table.row(option.getKey(), option.getValue()));
        return section(h2("Options"), table.html());
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
