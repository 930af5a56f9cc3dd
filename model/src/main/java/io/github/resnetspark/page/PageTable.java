package io.github.resnetspark.page;

import static j2html.TagCreator.div;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.TbodyTag;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.stream.IntStream;

/** A table in a page. The first columns are text, the others are numbers, which are aligned at the right. */
public final class PageTable {
    private final int textColumns;
    private final List<String> heads;
    private final TbodyTag rows = tbody();

    /**
     * @param textColumns number of columns of text at the left
     * @param heads of all columns
     */
    public PageTable(int textColumns, String... heads) {
        this.textColumns = textColumns;
        this.heads = List.of(heads);
    }

    /** Adds a row of texts. */
    public PageTable row(String... cells) {
        return cells(List.of(cells).stream().map(cell -> text(cell)).toList());
    }

    /** Adds a row. */
    public PageTable cells(List<? extends DomContent> cells) {
        TrTag row = tr();
        IntStream.range(0, cells.size())
                .forEach(column -> row.with(td(cells.get(column)).withCondClass(column >= textColumns, "number")));
        rows.with(row);
        return this;
    }

    /** The table, which scrolls sideways where the screen is too narrow for it. */
    public DomContent html() {
        TrTag head = tr();
        IntStream.range(0, heads.size())
                .forEach(column -> head.with(
                        th(heads.get(column)).attr("scope", "col").withCondClass(column >= textColumns, "number")));
        return div(table(thead(head), rows)).withClass("scroll").attr("tabindex", "0");
    }
}
