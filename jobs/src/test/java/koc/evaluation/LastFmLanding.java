package koc.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * The public LastFM data set as a landing folder with a fixed split into past and future.
 *
 * <p>The data set is hetrec2011-lastfm-2k of the HetRec 2011 workshop: 1,892 users of Last.fm, the artists they
 * listened to, their friends and their tags. GroupLens offers it at {@code
 * https://grouplens.org/datasets/hetrec-2011/}. Its readme.txt makes it available for non-commercial use and asks to
 * cite Last.fm; so it is not part of this repository.
 *
 * <p>A user and an artist make one purchase, an artist is a product, its category is the tag that most users gave it
 * (the first by name among equals), and friends are ties in both directions. The data have no times of listening. The
 * MD5 of {@code user/artist}, as a number d, decides instead: where d mod 5 is 0 the purchase falls in the 28 days
 * after {@link #CUTOFF}, else in the 180 days up to it; (d / 5) mod the seconds of that span says when.
 */
final class LastFmLanding {
    /** Last day of the past: a fifth of the purchases come later. */
    static final LocalDate CUTOFF = LocalDate.of(2010, 6, 30);

    /** Days after the cutoff that hold the future. */
    static final int HORIZON_DAYS = 28;

    private static final int HISTORY_DAYS = 180;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final String REGISTERED_AT = "2009-12-01T00:00:00";
    private static final BigInteger FIVE = BigInteger.valueOf(5);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final Comparator<String> BY_NUMBER = Comparator.comparingLong(Long::parseLong);

    private final Path source;
    private final Path landing;

    private LastFmLanding(Path source, Path landing) {
        this.source = source;
        this.landing = landing;
    }

    /**
     * Writes the landing folder.
     *
     * @param source the unpacked data set; its files may be compressed with gzip
     * @param landing a new folder
     */
    static void write(Path source, Path landing) {
        new LastFmLanding(source, landing).write();
    }

    /** When a user buys the product of an artist. */
    static LocalDateTime purchasedAt(String user, String artist) {
        BigInteger digest = md5(user + "/" + artist);
        BigInteger[] quotient = digest.divideAndRemainder(FIVE);
        boolean isLater = quotient[1].signum() == 0;
        long span = (long) (isLater ? HORIZON_DAYS : HISTORY_DAYS) * SECONDS_PER_DAY;
        long seconds = quotient[0].mod(BigInteger.valueOf(span)).longValueExact();
        LocalDateTime middle = CUTOFF.plusDays(1).atStartOfDay();
        return isLater ? middle.plusSeconds(seconds) : middle.minusSeconds(seconds + 1);
    }

    private void write() {
        Set<String> users = new TreeSet<>(BY_NUMBER);
        Set<String> artists = new TreeSet<>(BY_NUMBER);
        List<List<String>> events = new ArrayList<>();
        for (String[] listened : rows("user_artists.dat")) {
            String user = listened[0];
            String artist = listened[1];
            users.add(user);
            artists.add(artist);
            String pair = user + "-" + artist;
            String at = purchasedAt(user, artist).format(SECONDS);
            events.add(List.of(pair, at, user, "purchase", artist, "o" + pair, "1", "1.00"));
        }
        write("events", "event_id,occurred_at,user_id,event_type,product_id,order_id,quantity,unit_price", events);
        write(
                "users",
                "user_id,registered_at",
                users.stream().map(user -> List.of(user, REGISTERED_AT)).toList());
        Map<String, String> titles = titles();
        Map<String, String> categories = categories();
        write(
                "products",
                "product_id,title,category,brand,price",
                artists.stream()
                        .map(artist -> {
                            String title = titles.getOrDefault(artist, "");
                            return List.of(artist, title, categories.getOrDefault(artist, ""), title, "1.00");
                        })
                        .toList());
        write("ties", "koc_id,user_id,tie_type,since", ties(users));
    }

    private Map<String, String> titles() {
        Map<String, String> titles = new HashMap<>();
        for (String[] artist : rows("artists.dat")) {
            titles.put(artist[0], artist[1]);
        }
        return titles;
    }

    /** The tag that most users gave each artist; the first by name among equals. */
    private Map<String, String> categories() {
        Map<String, String> tags = new HashMap<>();
        for (String[] tag : rows("tags.dat")) {
            tags.put(tag[0], tag[1]);
        }
        Map<String, Map<String, Integer>> votes = new HashMap<>();
        for (String[] vote : rows("user_taggedartists.dat")) {
            votes.computeIfAbsent(vote[1], any -> new TreeMap<>())
                    .merge(tags.getOrDefault(vote[2], ""), 1, Integer::sum);
        }
        Map<String, String> categories = new HashMap<>();
        // Tags come in order of their names, and max keeps the last of equals: so the order of names is reversed.
        Comparator<Map.Entry<String, Integer>> byVotes = Map.Entry.comparingByValue();
        votes.forEach((artist, counted) -> categories.put(
                artist,
                counted.entrySet().stream()
                        .max(byVotes.thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                        .orElseThrow()
                        .getKey()));
        return categories;
    }

    private List<List<String>> ties(Set<String> users) {
        Set<String> pairs = new TreeSet<>();
        for (String[] friends : rows("user_friends.dat")) {
            String left = friends[0];
            String right = friends[1];
            if (!left.equals(right) && users.contains(left) && users.contains(right)) {
                pairs.add(left + "," + right);
                pairs.add(right + "," + left);
            }
        }
        String since = REGISTERED_AT.substring(0, 10);
        return pairs.stream()
                .map(pair -> pair.split(",", -1))
                .sorted(Comparator.<String[], String>comparing(pair -> pair[0]).thenComparing(pair -> pair[1]))
                .map(pair -> List.of(pair[0], pair[1], "friend", since))
                .toList();
    }

    /** Cells of a tab-separated file, without its header. */
    private List<String[]> rows(String name) {
        Path plain = source.resolve(name);
        Path compressed = source.resolve(name + ".gz");
        boolean isPlain = Files.exists(plain);
        if (!isPlain && !Files.exists(compressed)) {
            throw new IllegalArgumentException(plain + " is missing; unpack hetrec2011-lastfm-2k.zip of"
                    + " https://grouplens.org/datasets/hetrec-2011/ into " + source);
        }
        try (InputStream bytes = Files.newInputStream(isPlain ? plain : compressed);
                InputStream content = isPlain ? bytes : new GZIPInputStream(bytes);
                // Unlike Files.newBufferedReader it replaces what is not UTF-8, which some names in tags.dat are not.
                BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split("\t", -1)).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String name, String header, List<List<String>> rows) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (List<String> row : rows) {
            text.append(String.join(",", row.stream().map(LastFmLanding::quoted).toList()))
                    .append('\n');
        }
        try {
            Path folder = Files.createDirectories(landing.resolve(name));
            Files.writeString(folder.resolve(name + ".csv"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String quoted(String value) {
        boolean isPlain = value.indexOf(',') < 0 && value.indexOf('"') < 0;
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static BigInteger md5(String text) {
        try {
            return new BigInteger(1, MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has MD5", impossible);
        }
    }
}
