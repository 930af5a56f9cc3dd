package io.github.resnetspark.job.chart;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Turns what Lets-Plot draws into an element of a page, whose style it follows. */
final class PageSvg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final Pattern MANY_DIGITS = Pattern.compile("([0-9]\\.[0-9]{2})[0-9]+");
    private static final Pattern REFERENCE = Pattern.compile("url\\(#([^)]+)\\)");

    private final Document document;
    private final Map<String, String> ids = new HashMap<>();

    private PageSvg(Document document) {
        this.document = document;
    }

    /**
     * Rewrites a drawing.
     *
     * @param drawn an SVG document
     * @param description for screen readers
     * @param prefix of its ids, different for each drawing of a page
     * @param colour what stands for a colour of the drawing, {@code rgb(r,g,b)}
     * @param hover the fill of rectangles that show a hint when the pointer is over them
     * @param hints of these rectangles, in order
     */
    static String rewrite(
            String drawn,
            String description,
            String prefix,
            Function<String, String> colour,
            String hover,
            List<String> hints) {
        PageSvg svg = new PageSvg(parse(drawn));
        Element root = svg.document.getDocumentElement();
        root.setAttribute("viewBox", "0 0 " + root.getAttribute("width") + " " + root.getAttribute("height"));
        root.removeAttribute("height");
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", description);
        // The page has one for all.
        for (Element style : svg.elements("style")) {
            style.getParentNode().removeChild(style);
        }
        int hint = 0;
        for (Element rectangle : svg.elements("rect")) {
            if (rectangle.getAttribute("fill").equals(hover)) {
                for (String name : List.of("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width")) {
                    rectangle.removeAttribute(name);
                }
                rectangle.setAttribute("class", "hover");
                Element title = svg.document.createElementNS(NAMESPACE, "title");
                title.setTextContent(hints.get(hint++));
                rectangle.appendChild(title);
            }
        }
        svg.rewriteAttributes(root, prefix, colour);
        return svg.text();
    }

    private void rewriteAttributes(Element element, String prefix, Function<String, String> colour) {
        element.removeAttribute("clip-bounds-jfx");
        NamedNodeMap attributes = element.getAttributes();
        for (int index = 0; index < attributes.getLength(); index++) {
            Attr attribute = (Attr) attributes.item(index);
            String value = attribute.getValue();
            if (attribute.getName().equals("id")) {
                value = id(value, prefix);
            } else if (!attribute.getName().equals("aria-label")) {
                value = REFERENCE
                        .matcher(MANY_DIGITS.matcher(colour.apply(value)).replaceAll("$1"))
                        .replaceAll(found -> Matcher.quoteReplacement("url(#" + id(found.group(1), prefix) + ")"));
            }
            attribute.setValue(value);
        }
        for (Node child = element.getFirstChild(); child != null; ) {
            Node next = child.getNextSibling();
            if (child instanceof Element inner) {
                rewriteAttributes(inner, prefix, colour);
            } else if (child instanceof Text text) {
                text.setData(
                        element.getNodeName().equals("title")
                                ? text.getData()
                                : text.getData().strip());
            }
            child = next;
        }
    }

    private String id(String drawn, String prefix) {
        return ids.computeIfAbsent(drawn, name -> prefix + "-" + ids.size());
    }

    private List<Element> elements(String name) {
        var found = document.getElementsByTagNameNS(NAMESPACE, name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < found.getLength(); index++) {
            elements.add((Element) found.item(index));
        }
        return elements;
    }

    private static Document parse(String drawn) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(drawn)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("Lets-Plot drew no SVG document", e);
        }
    }

    private String text() {
        try {
            StringWriter out = new StringWriter();
            Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(document), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("an SVG document cannot be written", e);
        }
    }
}
