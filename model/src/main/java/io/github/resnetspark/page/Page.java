package io.github.resnetspark.page;

import static j2html.TagCreator.body;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;

import j2html.TagCreator;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A web page in one file: no scripts, nothing from elsewhere. It is readable in light and dark, on a narrow screen and on
 * paper. Its content security policy forbids the browser every request.
 *
 * @param title of the page and its first heading
 * @param subtitle one sentence below it
 * @param sections from top to bottom
 */
public record Page(String title, String subtitle, List<? extends DomContent> sections) {
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
    private static final String STYLE = style("page.css");

    public Page {
        sections = List.copyOf(sections);
    }

    /** The document, in UTF-8. */
    public byte[] document() {
        return TagCreator.document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().attr("http-equiv", "Content-Security-Policy")
                                                .withContent(POLICY),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        meta().withName("color-scheme").withContent("light dark"),
                                        TagCreator.title(title),
                                        TagCreator.style().with(rawHtml(STYLE))),
                                body(main(h1(title), p(subtitle).withClass("subtitle"), each(sections, part -> part))))
                        .withLang("en"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String style(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
