package koc.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The encoding in which a text file seems to be written.
 *
 * @param name name of the encoding, for the setting
 * @param isCertain whether no other encoding explains the bytes as well
 * @param reason what was seen
 */
record EncodingGuess(String name, boolean isCertain, String reason) {
    private static final String UTF_8 = "UTF-8";
    /** Fraction of lines that may be damaged in a file of an encoding. */
    private static final double MAX_INVALID = 0.05;

    /** First byte of the last usual hanzi, those of level 1. */
    private static final int LAST_USUAL_LEAD = 0xD7;

    /** First bytes of the first and the last Korean syllable in EUC-KR. */
    private static final int FIRST_HANGUL_LEAD = 0xB0;

    private static final int LAST_HANGUL_LEAD = 0xC8;
    /** First bytes of hiragana and of katakana in EUC-JP; GB 2312 has the same letters there. */
    private static final Set<Integer> KANA_LEADS = Set.of(0xA4, 0xA5);
    /** A text may be Japanese if at least this fraction of its different characters is kana. */
    private static final double MIN_KANA = 0.1;

    /** Number of different characters that are enough to tell Korean text from Chinese text. */
    private static final int ENOUGH_CHARACTERS = 60;

    private static final double MIN_PAIRS = 0.9;
    private static final double MAX_PAIRS_OF_LETTERS = 0.35;

    /** The encoding of a file with these blocks. */
    static EncodingGuess of(List<SampledBlock> blocks) throws IOException {
        byte[] first = blocks.get(0).bytes();
        FileEncoding marked = FileEncoding.of(first, UTF_8);
        if (marked.markBytes() > 0) {
            return new EncodingGuess(
                    UTF_8, true, "byte order mark of " + marked.charset().name());
        }
        int[] zeros = zeros(first);
        int units = Math.max(1, first.length / 2);
        if (Math.max(zeros[0], zeros[1]) > units / 10 && Math.min(zeros[0], zeros[1]) <= units / 100) {
            String name = zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE";
            return new EncodingGuess(name, true, "every other byte of many characters is 0");
        }
        return ofSingleBytes(blocks);
    }

    /** How many bytes at even and odd positions are 0. */
    private static int[] zeros(byte[] bytes) {
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static EncodingGuess ofSingleBytes(List<SampledBlock> blocks) throws IOException {
        FileEncoding bytes = FileEncoding.of(StandardCharsets.ISO_8859_1, 0);
        long marked = 0;
        long invalid = 0;
        long pairs = 0;
        long others = 0;
        boolean hasControls = false;
        Set<Integer> characters = new HashSet<>();
        for (SampledBlock block : blocks) {
            for (byte[] line : block.lines(bytes)) {
                if (!isAscii(line)) {
                    marked++;
                    invalid += UTF8String.fromBytes(line).isValid() ? 0 : 1;
                    for (int i = 0; i < line.length; i++) {
                        if (isPair(line, i)) {
                            // Pairs of rare hanzi say nothing.
                            pairs += (line[i] & 0xFF) <= LAST_USUAL_LEAD ? 1 : 0;
                            characters.add((line[i] & 0xFF) << 8 | (line[i + 1] & 0xFF));
                            i++;
                        } else if (line[i] < 0) {
                            others++;
                            hasControls |= (line[i] & 0xFF) < 0xA0;
                        }
                    }
                }
            }
        }
        if (marked == 0) {
            return new EncodingGuess(UTF_8, true, "only ASCII characters");
        }
        if (invalid <= MAX_INVALID * marked) {
            return new EncodingGuess(
                    UTF_8,
                    true,
                    invalid == 0
                            ? "valid UTF-8"
                            : String.format(Locale.ROOT, "valid UTF-8 but for %,d of %,d lines", invalid, marked));
        }
        double pairRate = (double) pairs / Math.max(1, pairs + others);
        String reason = String.format(
                Locale.ROOT,
                "not UTF-8; %.0f%% of the other characters are pairs of bytes as in Chinese text",
                100 * pairRate);
        if (pairRate >= MIN_PAIRS && mayBeKorean(characters)) {
            return new EncodingGuess(
                    UTF_8, false, "not UTF-8; pairs of bytes as in Korean text; it may be EUC-KR or another encoding");
        }
        if (pairRate >= MIN_PAIRS && mayBeJapanese(characters)) {
            return new EncodingGuess(
                    UTF_8,
                    false,
                    "not UTF-8; pairs of bytes as in Japanese text; it may be EUC-JP or another encoding");
        }
        if (pairRate >= MIN_PAIRS) {
            return new EncodingGuess("GB18030", true, reason);
        }
        if (pairRate <= MAX_PAIRS_OF_LETTERS) {
            return new EncodingGuess(
                    hasControls ? "windows-1252" : "ISO-8859-1",
                    true,
                    "not UTF-8; single bytes as in letters with accents");
        }
        return new EncodingGuess(UTF_8, false, reason + "; it may be GB18030, Big5 or another encoding");
    }

    /** Whether there are many syllables of EUC-KR, and no hanzi behind them. The hanzi there are as many as those before. */
    private static boolean mayBeKorean(Set<Integer> characters) {
        long syllables = characters.stream()
                .filter(pair -> pair >> 8 >= FIRST_HANGUL_LEAD && pair >> 8 <= LAST_HANGUL_LEAD)
                .count();
        return syllables >= ENOUGH_CHARACTERS && characters.stream().noneMatch(pair -> pair >> 8 > LAST_HANGUL_LEAD);
    }

    private static boolean mayBeJapanese(Set<Integer> characters) {
        long kana = characters.stream()
                .filter(pair -> KANA_LEADS.contains(pair >> 8))
                .count();
        return kana >= MIN_KANA * characters.size();
    }

    private static boolean isAscii(byte[] line) {
        for (byte one : line) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether two bytes are a character of GB 2312: punctuation, or a usual or rare hanzi. The leads of rare hanzi are letters
     * with accents in ISO-8859-1, two of which may be neighbours: öß.
     */
    private static boolean isPair(byte[] line, int at) {
        int lead = line[at] & 0xFF;
        int trail = at + 1 < line.length ? line[at + 1] & 0xFF : 0;
        return lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1 && trail <= 0xFE;
    }
}
