package io.github.resnetspark.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/run#3",
                "/data/run?3",
                "/data/a b",
                "/data/a%20b",
                "/data/100% sure",
                "/data/a+b",
                "/data/fläche/北",
                "/data/*/{a,b}/[c]/~",
                "/data/run:3",
                "/data/back\\slash",
                "/data/\"quoted\" 'x' `y` $z ^ | <t>",
                "relative/run#3",
                "@here",
                "/"
            })
    void takesEveryCharacterOfAPathLiterally(String path) throws UriText.InvalidUriException {
        URI plain = UriText.parse(path);
        assertThat(plain.getPath()).isEqualTo(path);
        assertThat(plain.getRawQuery()).isNull();
        assertThat(plain.getRawFragment()).isNull();
        assertThat(UriText.text(plain)).isEqualTo(path);
        if (path.startsWith("/")) {
            for (String start : new String[] {"file:", "hdfs://namenode:8020", "s3a://bucket_1", "hdfs:"}) {
                URI place = UriText.parse(start + path);
                assertThat(place.getPath()).isEqualTo(path);
                assertThat(place.getRawFragment()).isNull();
                assertThat(UriText.text(place)).isEqualTo(start + path);
                assertThat(UriText.parse(UriText.text(place))).isEqualTo(place);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/data//shards/, /data/shards",
        "//data/shards, /data/shards",
        "file:///data/shards/, file:/data/shards",
        "file:////data/shards, file:/data/shards",
        "hdfs://n:8020//a/, hdfs://n:8020/a",
        "hdfs://n:8020, hdfs://n:8020",
        "hdfs://n:8020/, hdfs://n:8020/"
    })
    void removesRedundantSlashes(String written, String meant) throws UriText.InvalidUriException {
        assertThat(UriText.text(UriText.parse(written))).isEqualTo(meant);
    }

    @Test
    void refusesInvalidLocationsWithAnExample() {
        Path here = Path.of("").toAbsolutePath();
        String home = System.getProperty("user.home");

        assertRefusal("", "a URI, e.g. file:/data/shards");
        assertRefusal("file:", "a URI, e.g. file:/data/shards");
        assertRefusal("hdfs://", "a URI, e.g. file:/data/shards");
        assertRefusal("file:relative/path", "an absolute path after file:, e.g. file:" + here + "/relative/path");
        assertRefusal("hdfs:relative/path", "an absolute path after hdfs:, e.g. hdfs://HOST:PORT/relative/path");
        assertRefusal("file://data/shards", "an absolute path after file:, e.g. file:/data/shards");
        assertRefusal("~/shards", "a path without ~, which only a shell expands, e.g. " + home + "/shards");
        assertRefusal("hdfs://n?x/a", "a URI, e.g. hdfs://HOST:PORT/PATH");
        assertRefusal("s3a://KEY:SE/CRET@bucket/a", "a URI, e.g. s3a://HOST:PORT/PATH");
        assertRefusal("hdfs://[n/a", "a URI, e.g. hdfs://HOST:PORT/PATH");
        assertRefusal("/a\nb", "a URI without control characters or line breaks");
        assertRefusal("file:/a\u001b[2Jb", "a URI without control characters or line breaks");
        assertRefusal("/a\u202Eb", "a URI without control characters or line breaks");
    }

    @Test
    void hidesPasswordsButKeepsUsersWithoutPassword() throws UriText.InvalidUriException {
        assertThat(UriText.shown(UriText.parse("ftp://me:pa@ss@host:21/a#b"))).isEqualTo("ftp://host:21/a#b");
        assertThat(UriText.shown(UriText.parse("abfs://box@host/a:b@c"))).isEqualTo("abfs://box@host/a:b@c");
        assertThat(UriText.shown(UriText.parse("hdfs://n:8020/a@b"))).isEqualTo("hdfs://n:8020/a@b");
        assertThat(UriText.withoutPassword(URI.create("ftp://me:pw@host/a%20b")))
                .isEqualTo(URI.create("ftp://host/a%20b"));
        assertThat(ShownText.line("x {\"a\":\"s3a://KEY:SECRET@b/c\",\"d\":\"e:f@g\"} y"))
                .isEqualTo("x {\"a\":\"s3a://b/c\",\"d\":\"e:f@g\"} y");
        // A secret with a slash makes the URI invalid. The message must not contain it.
        assertThat(UriText.shownRefused("s3a://KEY:SE/CR/ET@bucket/a")).isEqualTo("s3a://bucket/a");
    }

    @Test
    void escapesLineBreaksAndTerminalControls() {
        assertThat(ShownText.line("a\r\n12:00 INFO  fine\t\u001b[31m\u0085\u2028\u202E\uFEFF\uD800"))
                .isEqualTo("a\\r\\n12:00 INFO  fine\\t\\u001b[31m\\u0085\\u2028\\u202e\\ufeff\\ud800");
        assertThat(ShownText.lines("a\n\tb\u001b")).isEqualTo("a\n\tb\\u001b");
        assertThat(ShownText.line("naïve 北 👩‍🚀 \\n")).isEqualTo("naïve 北 👩‍🚀 \\n");
    }

    private static void assertRefusal(String text, String mustBe) {
        assertThatThrownBy(() -> UriText.parse(text))
                .isInstanceOf(UriText.InvalidUriException.class)
                .hasMessage(mustBe);
    }
}
