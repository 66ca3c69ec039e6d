package koc.sample;

import java.time.LocalDate;
import java.util.Locale;
import koc.error.KocException;

/**
 * The options of the generator: sizes, days, seed, bad rows and file format.
 *
 * @param users users of the brand, KOCs among them
 * @param products products of the catalogue
 * @param kocs users who have a traffic pool
 * @param events valid events; bad rows are added
 * @param days days of history, the end date included
 * @param seed equal seeds give equal bytes
 * @param endDate last day of history
 * @param dirt bad rows per valid row, in every source
 * @param layout one folder per source, or one per source and arrival
 * @param format format of the files
 * @param gzip whether the files are compressed (the truth never is)
 * @param plants optional effects to plant
 */
public record GeneratorOptions(
        int users,
        int products,
        int kocs,
        long events,
        int days,
        long seed,
        LocalDate endDate,
        double dirt,
        Layout layout,
        Format format,
        boolean gzip,
        Plants plants) {

    /** Last day of history by default. */
    public static final LocalDate DEFAULT_END_DATE = LocalDate.of(2024, 6, 30);

    /** Bad rows per valid row by default: below the reject limit of a run. */
    public static final double DEFAULT_DIRT = .03;

    /** Folders of a source. */
    public enum Layout {
        /** {@code <source>/}: one arrival, the whole history. */
        FLAT,
        /** {@code <source>/arrived=YYYY-MM-DD/}: one folder per arrival. */
        ARRIVED
    }

    /**
     * Effects that are planted only on request.
     *
     * @param hiddenTaste how much more often users buy in the three categories of their circle of friends: 0 means as often as
     *     their portrait, 2 three times as often. Circles cut across portraits. Homophilous pools are drawn from one circle, so
     *     that friends have tastes in common that portraits do not explain
     * @param fakes whether to add accounts that only look influential ({@link Fakes})
     * @param ties approximate number of ties, open and ended. Pools grow or shrink in proportion. 0 keeps the usual sizes, about
     *     35 ties per KOC
     * @param hubFraction fraction of all users who are tied to the last KOC, who has no influence; 0 plants no such hub
     * @param counterFraction fraction of all purchases that are entered on the account of a shop counter, which is also a KOC; 0
     *     plants no such account
     * @param lifetimes whether users order and stop as the models of user_value say, with known parameters. Most users then come
     *     within the history, KOCs cause no purchases, and orders are added to the requested events
     * @param world how influence, sharing and taste work
     */
    public record Plants(
            double hiddenTaste,
            boolean fakes,
            long ties,
            double hubFraction,
            double counterFraction,
            boolean lifetimes,
            World world) {
        /** No additional effects. */
        public static final Plants NONE = new Plants(0, false);

        public Plants {
            check(hiddenTaste >= 0 && hiddenTaste <= 20, "--hidden-taste", hiddenTaste, "a number from 0 to 20");
            check(hubFraction >= 0 && hubFraction <= .5, "--hub-fraction", hubFraction, "a number from 0 to 0.5");
            check(
                    counterFraction >= 0 && counterFraction <= .5,
                    "--counter-fraction",
                    counterFraction,
                    "a number from 0 to 0.5");
        }

        /** Effects with pools of the usual sizes. */
        public Plants(double hiddenTaste, boolean fakes) {
            this(hiddenTaste, fakes, 0, 0, 0, false, World.USUAL);
        }

        /** The same with this number of ties, and a hub. */
        public Plants withTies(long changedTies, double changedHubFraction) {
            return new Plants(hiddenTaste, fakes, changedTies, changedHubFraction, counterFraction, lifetimes, world);
        }

        /** The same with the account of a shop counter. */
        public Plants withCounter(double changedFraction) {
            return new Plants(hiddenTaste, fakes, ties, hubFraction, changedFraction, lifetimes, world);
        }

        /** The same with planted lifetimes. */
        public Plants withLifetimes() {
            return new Plants(hiddenTaste, fakes, ties, hubFraction, counterFraction, true, world);
        }

        /** The same in another world. */
        public Plants withWorld(World changed) {
            return new Plants(hiddenTaste, fakes, ties, hubFraction, counterFraction, lifetimes, changed);
        }
    }

    /**
     * How influence, sharing and taste work. A method that is right in one world only is not right.
     *
     * @param influence what happens when several KOCs share a product with one user in the same days
     * @param sharing what KOCs share
     * @param tasteDimensions dimensions of a hidden taste for products: a user buys a product more often than others of their
     *     portrait if the taste vectors of both point the same way, and friends have similar vectors. 0 plants no such taste
     */
    public record World(Influence influence, Sharing sharing, int tasteDimensions) {
        /** Effects add up, KOCs share what they like, and only categories are liked. */
        public static final World USUAL = new World(Influence.ADDITIVE, Sharing.OWN_TASTE, 0);

        public World {
            check(
                    tasteDimensions >= 0 && tasteDimensions <= 50,
                    "--taste-dimensions",
                    tasteDimensions,
                    "a whole number from 0 to 50");
        }
    }

    /** What happens when several KOCs share a product with one user in the same days. */
    public enum Influence {
        /** Each KOC adds its own purchases: two KOCs of ratio 3 make 5 times as many. */
        ADDITIVE,
        /** Ratios multiply: two KOCs of ratio 3 make 9 times as many. */
        MULTIPLICATIVE,
        /** Only the strongest KOC counts: two KOCs of ratio 3 make 3 times as many. */
        SATURATING;

        /** The value of the option on the command line. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What KOCs share. */
    public enum Sharing {
        /** What the KOC likes. */
        OWN_TASTE,
        /** What many users buy in that week: each product is then in vogue in some weeks. */
        TREND,
        /** What the KOC's own pool buys most. */
        POOL_TASTE;

        /** The value of the option on the command line. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Format of the files. */
    public enum Format {
        /** Comma-separated values with a header (RFC 4180). */
        CSV,
        /** One JSON object per line. */
        JSONL
    }

    public GeneratorOptions {
        check(users >= 40 && users <= 20_000_000, "--users", users, "a whole number from 40 to 20000000");
        int categories = PlantedCategory.ALL.size();
        check(
                products >= categories && products <= 1_000_000,
                "--products",
                products,
                "a whole number from " + categories + " (one per category) to 1000000");
        check(kocs >= 0 && kocs <= users / 4, "--kocs", kocs, "a whole number from 0 to a quarter of --users");
        check(
                events >= 5L * users && events <= 10_000_000_000L,
                "--events",
                events,
                "a whole number from 5 times --users to 10000000000");
        check(days >= 28 && days <= 3650, "--days", days, "a whole number from 28 to 3650");
        check(
                endDate.minusDays(days).getYear() >= 2001 && endDate.getYear() < 2100,
                "--end-date",
                endDate,
                "a day before 2100 with all of --days after 2001");
        check(dirt >= 0 && dirt <= .5, "--dirt", dirt, "a number from 0 to 0.5");
        long max = (long) kocs * (users / 5);
        check(
                plants.ties() == 0 || (plants.ties() >= (long) kocs * Pools.MIN_POOL && plants.ties() <= max / 2),
                "--ties",
                plants.ties(),
                "0, or a whole number from " + Pools.MIN_POOL + " times --kocs to " + max / 2
                        + " (a tenth of --users per KOC)");
    }

    /** A flat landing folder of plain CSV with the default end date and dirt. */
    public static GeneratorOptions of(int users, int products, int kocs, long events, int days, long seed) {
        return new GeneratorOptions(
                users,
                products,
                kocs,
                events,
                days,
                seed,
                DEFAULT_END_DATE,
                DEFAULT_DIRT,
                Layout.FLAT,
                Format.CSV,
                false,
                Plants.NONE);
    }

    /** The same with another last day. */
    public GeneratorOptions withEndDate(LocalDate changed) {
        return new GeneratorOptions(
                users, products, kocs, events, days, seed, changed, dirt, layout, format, gzip, plants);
    }

    /** The same with another rate of bad rows. */
    public GeneratorOptions withDirt(double changed) {
        return new GeneratorOptions(
                users, products, kocs, events, days, seed, endDate, changed, layout, format, gzip, plants);
    }

    /** The same with another layout and format. */
    public GeneratorOptions withForm(Layout changedLayout, Format changedFormat, boolean changedGzip) {
        return new GeneratorOptions(
                users,
                products,
                kocs,
                events,
                days,
                seed,
                endDate,
                dirt,
                changedLayout,
                changedFormat,
                changedGzip,
                plants);
    }

    /** The same with these effects. */
    public GeneratorOptions withPlants(Plants changed) {
        return new GeneratorOptions(
                users, products, kocs, events, days, seed, endDate, dirt, layout, format, gzip, changed);
    }

    /** A day of history, of which 0 is the first. */
    LocalDate date(int day) {
        return startDate().plusDays(day);
    }

    /** First day of history. */
    LocalDate startDate() {
        return endDate.minusDays(days - 1L);
    }

    private static void check(boolean isValid, String option, Object found, String expected) {
        if (!isValid) {
            throw KocException.usage(
                    "generate " + option + ": found " + found, "expected " + expected, "give another value");
        }
    }
}
