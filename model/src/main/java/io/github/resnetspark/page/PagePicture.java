package io.github.resnetspark.page;

import static j2html.TagCreator.img;

import j2html.tags.DomContent;

/** A thumbnail in a page. */
public final class PagePicture {
    /** Small pictures are PNG, and enlarged without smoothing, so that their pixels are visible. */
    private static final String SMALL = "data:image/png";

    private PagePicture() {}

    /**
     * The picture.
     *
     * @param thumbnail a {@code data:} URI
     * @param alternative what is read out instead
     */
    public static DomContent of(String thumbnail, String alternative) {
        return img().withSrc(thumbnail).withAlt(alternative).withCondClass(thumbnail.startsWith(SMALL), "small");
    }
}
