package io.github.resnetspark.source.format;

import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.storage.Storage;
import io.github.resnetspark.text.ClassNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Text files that people have edited, on any system. */
final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * The lines that say something, without blanks around them, without the byte-order mark that some editors write, and with every
     * letter in its composed form (NFC).
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
            throw new SourceException(file + " is not UTF-8 text. Save it as UTF-8.", e);
        }
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        return ClassNames.composed(plain)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
