package io.github.resnetspark.image;

import io.github.resnetspark.message.model.PictureNotices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names the format of a file that is not a supported picture. */
final class UnsupportedFormat {
    private static final int LOOKED_AT = 512;
    private static final Set<String> AVIF = Set.of("avif", "avis");
    private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
    /** The first bytes of a format's files, one per character, and the format. */
    private static final List<String[]> PICTURES = List.of(
            new String[] {"GIF8", "a GIF"},
            new String[] {"II*\0", "a TIFF"},
            new String[] {"MM\0*", "a TIFF"},
            new String[] {"II+\0", "a TIFF"},
            new String[] {"MM\0+", "a TIFF"},
            new String[] {"8BPS", "a Photoshop file"},
            new String[] {"\0\0\1\0", "an icon"},
            new String[] {"\0\0\0\14jP  ", "a JPEG 2000"},
            new String[] {"\u00ffO\u00ffQ", "a JPEG 2000"},
            new String[] {"\0\0\0\14JXL ", "a JPEG XL"},
            new String[] {"\u00ff\n", "a JPEG XL"},
            new String[] {"%PDF", "a PDF document"});

    private UnsupportedFormat() {}

    /** Says what the file is and, if that is known, what to do. */
    static String sentence(byte[] bytes) {
        String begin = new String(bytes, 0, Math.min(LOOKED_AT, bytes.length), StandardCharsets.ISO_8859_1);
        Optional<String> picture = PICTURES.stream()
                .filter(format -> begin.startsWith(format[0]))
                .map(format -> format[1])
                .findFirst()
                .or(() -> container(begin));
        if (picture.isPresent()) {
            return PictureNotices.unsupportedFormat(picture.get());
        }
        return text(begin).orElseGet(PictureNotices::unknownFormat);
    }

    /** HEIC, AVIF and videos begin with a box: its length, {@code ftyp}, the main brand, a version, further brands. */
    private static Optional<String> container(String begin) {
        if (begin.length() < 12 || !begin.startsWith("ftyp", 4)) {
            return Optional.empty();
        }
        int end = Math.min(begin.length(), begin.charAt(2) << 8 | begin.charAt(3));
        boolean heic = false;
        for (int at = 8; at + 4 <= Math.max(end, 12); at += at == 8 ? 8 : 4) {
            String brand = begin.substring(at, at + 4);
            if (AVIF.contains(brand)) {
                return Optional.of("an AVIF");
            }
            heic |= HEIC.contains(brand);
        }
        return Optional.of(heic ? "a HEIC" : "a video");
    }

    private static Optional<String> text(String begin) {
        String start = begin.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "").toLowerCase(Locale.ROOT);
        if (start.startsWith("version https://git-lfs")) {
            return Optional.of(PictureNotices.gitLfsPointer());
        }
        if (start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg"))) {
            return Optional.of(PictureNotices.unsupportedFormat("an SVG"));
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")) {
            return Optional.of(PictureNotices.htmlPage());
        }
        if (start.startsWith("<?xml")) {
            return Optional.of(PictureNotices.xmlDocument());
        }
        return Optional.empty();
    }
}
