package koc.clean.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import koc.clean.Source;

/**
 * What other systems call our columns: English, German and Chinese words, and the names of usual exports. The names of a column
 * are grouped; names in an earlier group are surer, names in the same group are equal.
 */
final class ColumnNames {
    /** Our columns by source; the names of a column in groups. */
    private static final Map<String, Map<String, String>> NAMES = Vocabulary.read("column-names.txt");

    /** Names of columns that say the opposite of marketing_opt_out. */
    private static final Set<String> CONSENT = Set.of(
            "acceptsmarketing",
            "acceptsemailmarketing",
            "acceptssmsmarketing",
            "marketingconsent",
            "optin",
            "marketingoptin",
            "subscribed",
            "接收营销",
            "同意营销",
            "是否接收营销");

    private ColumnNames() {}

    /** Whether a column says yes where {@code marketing_opt_out} says no. */
    static boolean isOpposite(String target, String name) {
        return target.equals("marketing_opt_out") && CONSENT.contains(key(name));
    }

    /**
     * How surely a column of a file is a column of ours by its name: 0 is our own name, 1 the first group of names, and so on;
     * -1 if the name says nothing. A nested column is also known by the last parts of its name, less surely.
     */
    static int group(Source source, String target, String name) {
        if (name.equalsIgnoreCase(target)) {
            return 0;
        }
        if (source == Source.USERS && isOpposite(target, name)) {
            return 2;
        }
        String names = NAMES.getOrDefault(source.folder(), Map.of()).getOrDefault(target, "");
        List<String> groups = List.of(names.split("\\|", -1));
        String key = key(name);
        for (int i = 0; i < groups.size(); i++) {
            if (List.of(groups.get(i).strip().split(" ", -1)).contains(key)) {
                return i + 1;
            }
        }
        int dot = name.indexOf('.');
        if (dot > 0) {
            int inner = group(source, target, name.substring(dot + 1));
            return inner < 0 ? -1 : inner + 1;
        }
        return -1;
    }

    /** A name without case, blanks and punctuation: {@code User_ID}, {@code userId} and {@code user.id} become userid. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[（(].*[)）]$", "").replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
