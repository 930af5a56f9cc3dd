package io.github.resnetspark.job.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * What a Markdown page of this project refers to.
 *
 * @param file the page
 * @param links destinations of its links and pictures
 * @param anchors of its headings, as GitHub makes them
 * @param blocks its fenced code blocks
 */
public record MarkdownPage(Path file, List<String> links, Set<String> anchors, List<Block> blocks) {
    /** The top folder, seen from this module. */
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /**
     * A fenced code block.
     *
     * @param language what follows the opening fence, such as {@code bash}; may be empty
     * @param text its lines
     */
    public record Block(String language, String text) {}

    /** README.md, docs/ and all other pages of the source tree. */
    public static List<MarkdownPage> all() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    boolean skipped = name.equals("target") || (name.startsWith(".") && !folder.equals(ROOT));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.getFileName().toString().endsWith(".md")) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().map(MarkdownPage::read).toList();
    }

    /** One page. */
    public static MarkdownPage read(Path file) {
        Node document;
        try {
            document = Parser.builder().build().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> links = new ArrayList<>();
        Set<String> anchors = new TreeSet<>();
        List<Block> blocks = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                links.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                links.add(image.getDestination());
            }

            @Override
            public void visit(Heading heading) {
                String anchor = anchor(heading);
                int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
                visitChildren(heading);
            }

            @Override
            public void visit(FencedCodeBlock block) {
                blocks.add(
                        new Block(block.getInfo() == null ? "" : block.getInfo().strip(), block.getLiteral()));
            }
        });
        return new MarkdownPage(file, links, anchors, blocks);
    }

    /** The path from the top folder. */
    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }

    private static String anchor(Heading heading) {
        StringBuilder title = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                title.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                title.append(code.getLiteral());
            }
        });
        return title.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
