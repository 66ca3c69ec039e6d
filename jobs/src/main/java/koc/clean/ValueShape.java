package koc.clean;

/** The shape of a value, for messages: it shows how the value is written, and not what it says about a person. */
public final class ValueShape {
    private static final int MAX_LENGTH = 30;
    /** Signs that belong to the form of a date or an amount. */
    private static final String KEPT = "年月日时分秒元万上午下";

    private ValueShape() {}

    /** Digits as 9, letters as x, other signs as they are: {@code 2026年1月20日} becomes {@code 9999年9月99日}. */
    public static String of(String value) {
        StringBuilder shape = new StringBuilder();
        value.codePoints().limit(MAX_LENGTH).forEach(character -> {
            if (Character.isDigit(character)) {
                shape.append('9');
            } else if (Character.isLetter(character) && KEPT.indexOf(character) < 0) {
                shape.append('x');
            } else {
                shape.appendCodePoint(character);
            }
        });
        return value.codePointCount(0, value.length()) > MAX_LENGTH ? shape + "..." : shape.toString();
    }
}
