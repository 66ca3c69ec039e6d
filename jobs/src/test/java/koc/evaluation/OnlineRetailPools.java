package koc.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koc.cli.Commands;

/**
 * The public Online Retail data set as a landing folder with pools: the customers of a country are the pool of a KOC. Nine
 * of ten customers are British, so a twelfth of them is kept, in ten pools.
 *
 * <p>The data set is of the UCI Machine Learning Repository (Chen 2015): the invoices of a wholesaler from 2010-12-01 to
 * 2011-12-09. {@code bin/koc import online-retail} reads it.
 */
final class OnlineRetailPools {
    /** Last day of the past, 28 days before the end. */
    static final LocalDate CUTOFF = LocalDate.of(2011, 11, 11);

    private static final String BRITAIN = "United Kingdom";
    private static final int KEPT_OF_BRITAIN = 12;
    private static final int BRITISH_POOLS = 10;

    private OnlineRetailPools() {}

    /**
     * Writes the landing folder.
     *
     * @param reference folder with online_retail, or online_retail.tgz
     */
    static void write(Path reference, Path landing) {
        Path source = reference.resolve("online_retail");
        Commands.runSilently(
                "import",
                "online-retail",
                "--in",
                (Files.exists(source) ? source : unpack(reference.resolve("online_retail.tgz"), landing)).toString(),
                "--out",
                landing.toString());
        CsvTable users = CsvTable.read(landing, "users").where(OnlineRetailPools::isKept);
        Set<String> kept = users.rows().stream().map(OnlineRetailPools::user).collect(Collectors.toSet());
        CsvTable.read(landing, "events")
                .where(event -> kept.contains(user(event)))
                .write(landing, "events");
        List<Map<String, String>> ties = new ArrayList<>();
        Map<String, Map<String, String>> kocs = new TreeMap<>();
        users.rows().forEach(user -> {
            String koc = pool(user);
            kocs.put(koc, Map.of("user_id", koc, "role", "guide"));
            ties.add(Map.of("koc_id", koc, "user_id", user(user), "tie_type", "friend"));
        });
        new CsvTable(List.of("koc_id", "user_id", "tie_type"), ties).write(landing, "ties");
        List<Map<String, String>> all = new ArrayList<>(users.rows());
        all.addAll(kocs.values());
        new CsvTable(users.columns(), all).write(landing, "users");
    }

    private static boolean isKept(Map<String, String> user) {
        return !isBritish(user) || number(user) % KEPT_OF_BRITAIN == 0;
    }

    private static String pool(Map<String, String> user) {
        return isBritish(user)
                ? "koc-" + BRITAIN + "-" + number(user) / KEPT_OF_BRITAIN % BRITISH_POOLS
                : "koc-" + user.getOrDefault("province", "");
    }

    private static boolean isBritish(Map<String, String> user) {
        return user.getOrDefault("province", "").equals(BRITAIN);
    }

    private static int number(Map<String, String> user) {
        return Integer.parseInt(user(user));
    }

    private static String user(Map<String, String> row) {
        return row.getOrDefault("user_id", "");
    }

    private static Path unpack(Path archive, Path landing) {
        try {
            Path folder = Files.createDirectories(landing.resolveSibling("online_retail"));
            int status = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("tar cannot unpack " + archive);
            }
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
