package io.github.resnetspark.job.report;

import static j2html.TagCreator.br;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.github.resnetspark.job.evaluate.ChangedPictures;
import io.github.resnetspark.job.evaluate.ChangedPictures.Changed;
import io.github.resnetspark.job.evaluate.Guesses.Guess;
import io.github.resnetspark.page.PagePicture;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** Pictures that only one of two models gets right. */
final class ChangedSection {
    private final List<String> names;

    private ChangedSection(List<String> names) {
        this.names = names;
    }

    /**
     * Both ways.
     *
     * @param names of the classes, in the order of their numbers
     * @param before what to call the older model
     */
    static DomContent of(ChangedPictures changed, List<String> names, String before) {
        ChangedSection pictures = new ChangedSection(names);
        return section(
                h2("Pictures that changed sides"),
                p("Below each picture: its class, what " + before + " takes it for, and what the new model does.")
                        .withClass("note"),
                pictures.oneWay("Newly wrong", "Only " + before + " gets", changed.newlyWrong(), changed.lost()),
                pictures.oneWay("Newly right", "Only the new model gets", changed.newlyRight(), changed.won()));
    }

    private DomContent oneWay(String title, String who, long all, List<Changed> pictures) {
        String count = String.format(Locale.ROOT, "%s %,d picture%s right.", who, all, all == 1 ? "" : "s");
        return section(
                h3(title),
                p(all > pictures.size()
                                ? count + " Shown are the " + pictures.size()
                                        + " for which the new model gives its answer the highest probability."
                                : count)
                        .withClass("note"),
                pictures.isEmpty()
                        ? text("")
                        : ul(each(pictures, this::picture)).withClass("gallery"));
    }

    private DomContent picture(Changed picture) {
        String label = names.get(picture.label());
        return li(
                PagePicture.of(picture.thumbnail(), label),
                strong(label),
                br(),
                answer("was", picture.before(), picture.label()),
                br(),
                answer("now", picture.after(), picture.label()));
    }

    private DomContent answer(String who, Guess guess, int label) {
        return span(
                text(who + ": "),
                span(names.get(guess.predicted()))
                        .withStyle(guess.predicted() == label ? "color: var(--good)" : "color: var(--bad)"),
                text(String.format(Locale.ROOT, " %.1f\u00a0%%", 100 * guess.probability())));
    }
}
