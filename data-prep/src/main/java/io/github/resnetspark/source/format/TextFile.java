package io.github.resnetspark.source.format;

import io.github.resnetspark.message.data.SourceFailures;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.ClassNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Reads text files that people have edited on any system. */
final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * The non-blank lines without surrounding white space and without a byte-order mark, in composed form (NFC).
     *
     * @throws SourceException if it is not UTF-8
     */
    static List<String> lines(Path file, Storage storage) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(storage.read(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SourceException(SourceFailures.notUtf8(file.toString()), e);
        }
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        return ClassNames.composed(plain)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
