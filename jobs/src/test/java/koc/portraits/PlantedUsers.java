package koc.portraits;

import com.typesafe.config.Config;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import koc.Silence;
import koc.run.JobRun;
import koc.tables.FeatureTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Users with planted preferences. Each makes 40 purchases: 70% in the categories that the letters of their preference name,
 * the others in x or y. A user with a null preference does not exist yet. Newcomers have the last user numbers. One more
 * account, "shop", spends very much and looks shared.
 */
public record PlantedUsers(int users, int newcomers, IntFunction<@Nullable String> preference) {

    /** Writes the features of the day and runs the job on them. */
    public void run(Warehouse warehouse, LocalDate day, Config config, Consumer<String> notes) {
        run(warehouse, day, config, notes, true);
    }

    /**
     * The same without categories: a purchase of the category a is one of the products a0 to a4, which have no title.
     */
    public void runWithoutCategories(Warehouse warehouse, LocalDate day, Config config, Consumer<String> notes) {
        run(warehouse, day, config, notes, false);
    }

    private void run(Warehouse warehouse, LocalDate day, Config config, Consumer<String> notes, boolean hasCategories) {
        List<Row> features = new ArrayList<>();
        List<Row> categories = new ArrayList<>();
        List<Row> tags = new ArrayList<>();
        List<Row> products = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(day.toEpochDay());
        features.add(featureRow(day, "shop", false, true));
        categories.add(RowFactory.create(Date.valueOf(day), Date.valueOf(day), "shop", "x", 5000.0, 1.0));
        for (int user = 0; user < users + newcomers; user++) {
            String id = "u" + user;
            boolean isNewcomer = user >= users;
            String preferred = isNewcomer ? "" : preference.apply(user);
            if (preferred == null) {
                continue;
            }
            features.add(featureRow(day, id, isNewcomer, false));
            tags.add(RowFactory.create(Date.valueOf(day), id, "time:night", "rule", 1.0, null, null, "e"));
            if (!isNewcomer && !hasCategories) {
                purchases(preferred, random).forEach((category, count) -> split(count, random)
                        .forEach((number, lines) -> products.add(productRow(day, id, category + number, lines))));
            } else if (!isNewcomer) {
                purchases(preferred, random)
                        .forEach((category, count) -> categories.add(RowFactory.create(
                                Date.valueOf(day), Date.valueOf(day), id, category, 1.0 * count, count / 40.0)));
            }
        }
        warehouse.write(FeatureTables.USER_FEATURES, day, features);
        warehouse.write(FeatureTables.USER_CATEGORIES, day, hasCategories ? categories : List.of());
        if (!hasCategories) {
            warehouse.write(FeatureTables.USER_PRODUCT_DAYS, day, products);
        }
        warehouse.write(FeatureTables.USER_TAGS, day, tags);
        new PortraitsJob(config).run(new JobRun(day, null, null, false, warehouse, new Silence() {

            @Override
            public void note(String job, String text) {
                notes.accept(text);
            }
        }));
    }

    private static Map<String, Integer> purchases(String preference, SplittableRandom random) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int purchase = 0; purchase < 40; purchase++) {
            int letter = purchase % preference.length();
            String category = random.nextDouble() < 0.7
                    ? preference.substring(letter, letter + 1)
                    : random.nextBoolean() ? "x" : "y";
            counts.merge(category, 1, Integer::sum);
        }
        return counts;
    }

    /** Divides purchases at random among five products. */
    private static Map<Integer, Long> split(int purchases, SplittableRandom random) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int purchase = 0; purchase < purchases; purchase++) {
            counts.merge(random.nextInt(5), 1L, Long::sum);
        }
        return counts;
    }

    private static Row productRow(LocalDate day, String user, String product, long lines) {
        return RowFactory.create(FeatureTables.USER_PRODUCT_DAYS.columnNames().stream()
                .map(column -> switch (column) {
                    case "arrived", "day" -> Date.valueOf(day);
                    case "user_id" -> user;
                    case "product_id" -> product;
                    case "purchase_lines" -> lines;
                    default ->
                        FeatureTables.USER_PRODUCT_DAYS
                                        .column(column)
                                        .dataType()
                                        .typeName()
                                        .startsWith("decimal")
                                ? BigDecimal.ZERO
                                : 0L;
                })
                .toArray());
    }

    private static Row featureRow(LocalDate day, String user, boolean isNewcomer, boolean isJoint) {
        return RowFactory.create(FeatureTables.USER_FEATURES.columnNames().stream()
                .map(column -> switch (column) {
                    case "day", "as_of" -> Date.valueOf(day);
                    case "user_id" -> user;
                    case "is_newcomer" -> isNewcomer;
                    case "is_likely_joint_account" -> isJoint;
                    case "net_spend_90d" -> isJoint ? BigDecimal.valueOf(1_000_000) : BigDecimal.ONE;
                    default -> defaultValue(FeatureTables.USER_FEATURES.column(column));
                })
                .toArray());
    }

    private static Object defaultValue(StructField column) {
        return switch (column.dataType().typeName()) {
            case "string" -> "consumer";
            case "integer" -> 1;
            case "long" -> 1L;
            case "double" -> 0.5;
            case "boolean" -> false;
            case "decimal(18,2)" -> BigDecimal.ONE;
            default -> new String[0];
        };
    }
}
