package koc.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A brand that records little: opened shares only, no purchase, no category, a few weeks of history. Each KOC shares the same
 * few products again and again, and their members open them. So the pool's own popularity predicts better than anything
 * that other pools do.
 */
final class OpensOnlyLanding {
    private static final int KOCS = 50;
    private static final int POOL_SIZE = 24;
    private static final int PRODUCTS = 300;
    private static final int FAVORITES = 8;
    private static final int SHARES_A_DAY = 2;
    private static final double OPEN_RATE = 0.12;
    /** Opens of any product a user and day, by chance. */
    private static final double CHANCE_RATE = 0.05;

    private OpensOnlyLanding() {}

    /** Writes events, ties, users and products of these days. */
    static void write(Path landing, LocalDate firstDay, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> users = new ArrayList<>(List.of("user_id,role"));
        List<String> ties = new ArrayList<>(List.of("koc_id,user_id,tie_type,since"));
        List<String> products = new ArrayList<>(List.of("product_id,title"));
        List<String> events = new ArrayList<>(List.of("event_id,occurred_at,user_id,event_type,product_id,sharer_id"));
        for (int product = 0; product < PRODUCTS; product++) {
            products.add("p" + product + ",Product " + product);
        }
        for (int koc = 0; koc < KOCS; koc++) {
            users.add("k" + koc + ",guide");
            int[] favorites = random.ints(FAVORITES, 0, PRODUCTS).distinct().toArray();
            for (int member = 0; member < POOL_SIZE; member++) {
                users.add("u" + koc + "m" + member + ",consumer");
                ties.add("k" + koc + ",u" + koc + "m" + member + ",friend," + firstDay.minusDays(30));
            }
            for (int day = 0; day < days; day++) {
                for (int share = 0; share < SHARES_A_DAY; share++) {
                    int product = favorites[random.nextInt(favorites.length)];
                    add(events, firstDay.plusDays(day), "k" + koc, "share", product, "");
                    for (int member = 0; member < POOL_SIZE; member++) {
                        if (random.nextDouble() < OPEN_RATE) {
                            add(
                                    events,
                                    firstDay.plusDays(day),
                                    "u" + koc + "m" + member,
                                    "share_open",
                                    product,
                                    "k" + koc);
                        }
                        if (random.nextDouble() < CHANCE_RATE) {
                            add(
                                    events,
                                    firstDay.plusDays(day),
                                    "u" + koc + "m" + member,
                                    "share_open",
                                    random.nextInt(PRODUCTS),
                                    "k" + random.nextInt(KOCS));
                        }
                    }
                }
            }
        }
        write(landing.resolve("users/users.csv"), users);
        write(landing.resolve("ties/ties.csv"), ties);
        write(landing.resolve("products/products.csv"), products);
        write(landing.resolve("events/events.csv"), events);
    }

    private static void add(List<String> events, LocalDate day, String user, String type, int product, String sharer) {
        events.add("e" + events.size() + "," + day + "T12:00:00," + user + "," + type + ",p" + product + "," + sharer);
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
