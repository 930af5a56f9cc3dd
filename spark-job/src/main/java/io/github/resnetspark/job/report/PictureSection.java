package io.github.resnetspark.job.report;

import static j2html.TagCreator.br;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import io.github.resnetspark.job.evaluate.NotablePictures;
import io.github.resnetspark.job.evaluate.NotablePictures.Notable;
import io.github.resnetspark.page.PagePicture;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** Pictures that tell most about a network. */
final class PictureSection {
    private PictureSection() {}

    /** @param names of the classes, in the order of their numbers */
    static DomContent of(NotablePictures notable, List<String> names) {
        return section(
                h2("Pictures"),
                h3("The most confident mistakes"),
                notable.mistakes().isEmpty() ? text("None.") : gallery(notable.mistakes(), names),
                h3("Right, but least sure"),
                notable.unsure().isEmpty() ? text("None.") : gallery(notable.unsure(), names));
    }

    private static DomContent gallery(List<Notable> pictures, List<String> names) {
        return ul(each(pictures, picture -> picture(picture, names))).withClass("gallery");
    }

    private static DomContent picture(Notable picture, List<String> names) {
        String label = names.get(picture.label());
        String guess = names.get(picture.predicted());
        String probability = String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * picture.probability());
        boolean right = picture.label() == picture.predicted();
        return li(
                PagePicture.of(picture.thumbnail(), right ? label : label + ", taken for " + guess),
                strong(right ? label : guess),
                text(" " + probability),
                right ? text("") : each(List.of(br(), text("is " + label)), part -> part));
    }
}
