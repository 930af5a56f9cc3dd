package io.github.resnetspark.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Locations as people write them: {@code hdfs://namenode:8020/a b}, {@code file:/data/run#3}, {@code /data/run}. After the scheme
 * and the host, everything is the literal path: {@code #}, {@code ?}, {@code %}, {@code *} and blanks are ordinary characters.
 * There are no escapes, patterns, queries or fragments. A location without a scheme is on the default file system.
 */
public final class UriText {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("//([^/]*)(.*)", Pattern.DOTALL);
    /** The text before a port must not be the first half of a secret that contains a slash. */
    private static final Pattern SERVER = Pattern.compile("([^#?]*@)?([^#?:@\\[\\]]+|\\[[^\\]]*\\])(:[0-9]*)?");

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s@\"]*:[^/\\s\"]*@");
    /** For invalid locations: a secret may contain slashes. */
    private static final Pattern ANY_USER_INFO = Pattern.compile("(?<=://)[^\\s@]*:[^\\s]*@");

    private UriText() {}

    /** A text is not a location. The message continues "must be …" and does not contain the text, which may have a secret. */
    public static final class InvalidUriException extends Exception {
        private static final long serialVersionUID = 1L;

        private InvalidUriException(String mustBe) {
            super(mustBe);
        }
    }

    /**
     * Parses a location. The decoded path of the URI is the path of the text, without repeated and trailing slashes.
     *
     * @throws InvalidUriException if the text is not a location, or has a scheme and a relative path
     */
    public static URI parse(String text) throws InvalidUriException {
        Matcher schemed = SCHEME.matcher(text);
        if (!schemed.matches()) {
            return uri("", path(text));
        }
        String scheme = schemed.group(1);
        Matcher authorized = AUTHORITY.matcher(schemed.group(2));
        if (!authorized.matches()) {
            String path = path(schemed.group(2));
            requireAbsolute(scheme, path);
            return uri(scheme + ":", path);
        }
        String authority = authorized.group(1);
        String path = authorized.group(2);
        if (isLocal(scheme) && !authority.isEmpty()) {
            throw new InvalidUriException("an absolute path after " + scheme + ":, e.g. file:/" + authority + path);
        }
        if (authority.isEmpty()) {
            requireAbsolute(scheme, path(path));
            return uri(scheme + "://", path(path));
        }
        if (!SERVER.matcher(authority).matches()) {
            throw new InvalidUriException("a URI, e.g. " + scheme + "://HOST:PORT/PATH");
        }
        return uri(scheme + "://" + authority, path.isEmpty() ? path : path(path));
    }

    /** The text from which {@link #parse} creates this URI. */
    public static String text(URI place) {
        StringBuilder text = new StringBuilder();
        if (place.getScheme() != null) {
            text.append(place.getScheme()).append(':');
        }
        if (place.getRawAuthority() != null) {
            text.append("//").append(place.getRawAuthority());
        }
        return text.append(place.getPath()).toString();
    }

    /** The text for reports, pages and messages, without a password. */
    public static String shown(URI place) {
        return ShownText.line(text(place));
    }

    /** The URI without a password. */
    public static URI withoutPassword(URI place) {
        return URI.create(withoutPasswords(place.toString()));
    }

    static String withoutPasswords(String text) {
        return text.contains("@") ? USER_INFO.matcher(text).replaceAll("") : text;
    }

    /** A text that {@link #parse} rejected, without a password, for messages. */
    public static String shownRefused(String text) {
        return ShownText.line(ANY_USER_INFO.matcher(text).replaceAll(""));
    }

    private static String path(String written) throws InvalidUriException {
        if (written.isEmpty()) {
            throw new InvalidUriException("a URI, e.g. file:/data/shards");
        }
        if (!ShownText.isPlain(written)) {
            throw new InvalidUriException("a URI without control characters or line breaks");
        }
        if (written.equals("~") || written.startsWith("~/")) {
            throw new InvalidUriException("a path without ~, which only a shell expands, e.g. "
                    + System.getProperty("user.home") + written.substring(1));
        }
        String path = written.replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void requireAbsolute(String scheme, String path) throws InvalidUriException {
        if (!path.startsWith("/")) {
            String absolute = isLocal(scheme)
                    ? "file:" + Path.of(path).toAbsolutePath().normalize()
                    : scheme + "://HOST:PORT/" + path;
            throw new InvalidUriException("an absolute path after " + scheme + ":, e.g. " + absolute);
        }
    }

    private static boolean isLocal(String scheme) {
        return scheme.equalsIgnoreCase("file");
    }

    private static URI uri(String start, String path) throws InvalidUriException {
        try {
            boolean relative = !path.startsWith("/");
            // This constructor escapes percent signs too.
            String escaped = new URI("file", null, relative ? "/" + path : path, null).getRawPath();
            return new URI(start + (relative ? escaped.substring(1) : escaped));
        } catch (URISyntaxException e) {
            throw new InvalidUriException("a URI, e.g. hdfs://HOST:PORT/PATH");
        }
    }
}
