package io.github.resnetspark.page;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The most important figures of a page, each in a tile with its name. */
public final class PageTiles {
    private final Map<String, DomContent> tiles = new LinkedHashMap<>();

    /** Adds a figure behind those before it. */
    public void put(String name, String figure) {
        put(name, text(figure));
    }

    /** Adds a figure with a style of its own behind those before it. */
    public void put(String name, DomContent figure) {
        tiles.put(name, figure);
    }

    /** All tiles. */
    public DomContent html() {
        return dl(each(tiles.entrySet(), tile -> div(dt(tile.getKey()), dd(tile.getValue()))))
                .withClass("tiles");
    }
}
