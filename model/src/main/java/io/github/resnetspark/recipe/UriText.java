package io.github.resnetspark.recipe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** URIs as people write them: blanks and other characters that must be escaped may be, but need not. */
public final class UriText {
    private UriText() {}

    /** The URI of a text; empty if it is none. */
    public static Optional<URI> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return escaped(text);
        }
    }

    private static Optional<URI> escaped(String text) {
        int colon = text.indexOf(':');
        boolean hasScheme = colon > 0 && text.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
        try {
            return Optional.of(
                    hasScheme
                            ? new URI(text.substring(0, colon), text.substring(colon + 1), null)
                            : new URI(null, null, text, null));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
