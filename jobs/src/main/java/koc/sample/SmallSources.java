package koc.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes users, products, ties, costs and assets, with their bad rows. */
final class SmallSources {
    private static final String[] NICKNAMES = {
        "小雨", "Lily", "阿明", "Grace", "豆豆妈", "老王", "Summer", "静静", "Leo", "米粒", "Coco", "大海"
    };
    private static final String[] TAGS = {"live viewer", "coupon hunter", "event guest", "member", "store visitor"};
    private static final String[] SOURCES = {"store", "live", "ad", "mini_program", "event"};
    private static final List<String> STAGES = List.of("draw", "activate", "convert", "repeat", "recall");
    private static final double APPROVED = .85;

    private final GeneratorOptions options;
    private final Truth truth;
    private final Ids ids;

    SmallSources(GeneratorOptions options, Truth truth) {
        this.options = options;
        this.truth = truth;
        this.ids = new Ids(options);
    }

    private LocalDate date(int day) {
        return options.startDate().plusDays(day);
    }

    void writeUsers(SourceWriter writer, Population population, Pools pools, Fakes fakes) {
        Dirty dirty = new Dirty(
                Source.USERS,
                writer,
                List.of(Flaw.MISSING_FIELD, Flaw.BAD_TYPE, Flaw.MALFORMED, Flaw.DUPLICATE),
                "user_id",
                "nickname",
                row -> with(Source.USERS, row, "birth_year", "nineteen ninety"));
        for (int user = 0; user < population.size(); user++) {
            Chance chance = Chance.of(options.seed(), Roles.USER, user);
            PlantedPortrait planted = population.planted(user);
            Region region = population.region(user);
            int koc = population.kocNumber(user);
            String role = koc < 0 ? "consumer" : pools.type(koc).role();
            boolean isStaff = role.equals("employee") || role.equals("guide");
            int start = population.startDay(user);
            int registered = start == 0 ? -chance.whole(1, 900) : start;
            int birthYear = planted.bornAround() + (int) Math.round(3.5 * chance.normal());
            boolean isFemale = chance.happens(planted.female());
            String inviter = inviter(population, pools, user);
            String store = "s" + (population.regionNumber(user) + 1);
            dirty.write(
                    Math.max(0, registered),
                    List.of(
                            ids.user(user),
                            role.equals("consumer") && chance.happens(.3) ? "" : role,
                            date(registered) + "T" + chance.whole(10, 21) + ":" + chance.whole(10, 59) + ":00",
                            region.province(),
                            region.city(),
                            region.county(),
                            isStaff ? "t" + (koc % 6 + 1) : "",
                            isStaff || chance.happens(.4) ? store : "",
                            chance.happens(.9) ? chance.oneOf(NICKNAMES) + chance.whole(1, 999) : "",
                            chance.happens(koc >= 0 ? .8 : .3) ? "https://img.example/" + ids.user(user) + ".png" : "",
                            koc >= 0 && chance.happens(.7) ? "Hello, I try everything before I share it" : "",
                            chance.happens(.85) ? isFemale ? "female" : "male" : "",
                            chance.happens(.75) ? String.valueOf(Math.min(birthYear, 2008)) : "",
                            chance.happens(.8) ? planted.lifeStage() : "",
                            chance.happens(.4) ? tags(chance) : "",
                            inviter.isEmpty() && chance.happens(.7) ? chance.oneOf(SOURCES) : inviter,
                            chance.happens(.03) ? "true" : "false"));
        }
        fakes.roles().forEach((id, role) -> {
            List<String> row =
                    new ArrayList<>(Collections.nCopies(Source.USERS.columns().size(), ""));
            row.set(Source.USERS.index("user_id"), id);
            row.set(Source.USERS.index("role"), role);
            row.set(Source.USERS.index("registered_at"), date(-1) + "T12:00:00");
            row.set(Source.USERS.index("marketing_opt_out"), "false");
            writer.write(0, row);
        });
    }

    private static String tags(Chance chance) {
        String first = chance.oneOf(TAGS);
        String second = chance.oneOf(TAGS);
        return chance.happens(.5) || first.equals(second) ? first : first + ";" + second;
    }

    /** The KOC whose first tie with the user began on the user's first days, if one. */
    private String inviter(Population population, Pools pools, int user) {
        for (int place = pools.firstTieIndex(user); place < pools.firstTieIndex(user + 1); place++) {
            int tie = pools.tieAt(place);
            int start = population.startDay(user);
            if (start > 0 && pools.since(tie) <= start + 20) {
                return "koc:" + ids.user(population.kocUser(pools.tieKoc(tie)));
            }
        }
        return "";
    }

    void writeProducts(SourceWriter writer, Catalogue catalogue) {
        Dirty dirty = new Dirty(
                Source.PRODUCTS,
                writer,
                List.of(Flaw.MISSING_FIELD, Flaw.BAD_TYPE, Flaw.MALFORMED, Flaw.NEGATIVE_AMOUNT, Flaw.DUPLICATE),
                "product_id",
                "title",
                row -> with(Source.PRODUCTS, row, "price", "ask in the shop"),
                row -> with(Source.PRODUCTS, row, "price", "-5.00"));
        for (int product = 0; product < catalogue.size(); product++) {
            Chance chance = Chance.of(options.seed(), Roles.PRODUCT, -1L - product);
            PlantedCategory category = catalogue.category(product);
            double stock = chance.uniform();
            dirty.write(
                    Math.max(0, catalogue.launchDay(product)),
                    List.of(
                            ids.product(product),
                            catalogue.title(product),
                            category.path(),
                            catalogue.brand(product),
                            Money.text(catalogue.cents(product)),
                            chance.happens(.9)
                                    ? Money.text(Math.round(catalogue.cents(product) * chance.between(.35, .75)))
                                    : "",
                            chance.happens(.95) ? String.valueOf(catalogue.brandTier(product)) : "",
                            stock < .05 ? "0" : stock < .15 ? "" : String.valueOf(chance.whole(20, 5000)),
                            date(catalogue.launchDay(product)).toString(),
                            audience(category),
                            category.cycleDays() > 0 ? String.valueOf(category.cycleDays()) : ""));
        }
    }

    /** The life stages of the portraits that like the category by far more than others. */
    private static String audience(PlantedCategory category) {
        StringBuilder stages = new StringBuilder();
        for (PlantedPortrait planted : PlantedPortrait.ALL) {
            if (planted.multiplier(category) >= 4) {
                stages.append(stages.isEmpty() ? "" : ";").append(planted.lifeStage());
            }
        }
        return stages.toString();
    }

    void writeTies(SourceWriter writer, Population population, Pools pools, Fakes fakes) {
        Dirty dirty = new Dirty(
                Source.TIES,
                writer,
                List.of(Flaw.MISSING_FIELD, Flaw.BAD_TYPE, Flaw.MALFORMED, Flaw.DUPLICATE),
                "koc_id",
                "scene",
                row -> with(Source.TIES, row, "since", "last spring"));
        for (int tie = 0; tie < pools.ties(); tie++) {
            int koc = pools.tieKoc(tie);
            String type = pools.tieType(tie);
            writeTie(dirty, population, pools, tie, type, type.equals("group") ? ids.group(koc) : "");
            if (pools.isAlsoInGroup(tie)) {
                writeTie(dirty, population, pools, tie, "group", ids.group(koc));
            }
        }
        for (Fakes.Tie tie : fakes.ties()) {
            writer.write(0, List.of(tie.koc(), tie.user(), tie.type(), date(0).toString(), "", "", "community"));
        }
    }

    private void writeTie(Dirty dirty, Population population, Pools pools, int tie, String type, String group) {
        int until = pools.until(tie);
        List<String> row = List.of(
                ids.user(population.kocUser(pools.tieKoc(tie))),
                ids.user(pools.tieUser(tie)),
                type,
                date(pools.since(tie)).toString(),
                "",
                group,
                pools.scene(tie));
        int since = Math.max(0, pools.since(tie));
        if (until == Pools.OPEN) {
            dirty.write(since, row);
            return;
        }
        List<String> closed = with(Source.TIES, row, "until", date(until).toString());
        if (options.layout() == GeneratorOptions.Layout.ARRIVED) {
            // Nobody knows on the first day when a tie will end: the last arrival of a key counts.
            dirty.write(since, row);
            dirty.write(until, closed);
        } else {
            dirty.write(since, closed);
        }
    }

    void writeCosts(SourceWriter writer, Population population) {
        Dirty dirty = new Dirty(
                Source.COSTS,
                writer,
                List.of(Flaw.MISSING_FIELD, Flaw.BAD_TYPE, Flaw.MALFORMED, Flaw.NEGATIVE_AMOUNT),
                "amount",
                "channel",
                row -> with(Source.COSTS, row, "amount", "a lot"),
                row -> with(Source.COSTS, row, "amount", "-20.00"));
        Chance chance = Chance.of(options.seed(), Roles.COST, 0);
        int days = options.days();
        for (int day = 0; day < days; day += 7) {
            for (String channel : List.of("ad", "live", "store")) {
                dirty.write(day, cost(day, "", channel, "ad", chance.whole(20_000, 300_000)));
            }
        }
        for (int koc = 0; koc < population.kocs(); koc++) {
            String id = ids.user(population.kocUser(koc));
            for (String type : List.of("gift", "coupon", "bonus")) {
                int day = chance.below(days);
                dirty.write(day, cost(day, id, "", type, chance.whole(500, 30_000)));
            }
            if (chance.happens(.5)) {
                int day = chance.below(days);
                dirty.write(day, cost(day, id, "", "training", chance.whole(5_000, 40_000)));
            }
        }
    }

    private List<String> cost(int day, String koc, String channel, String type, long cents) {
        return List.of(date(day).toString(), koc, channel, type, Money.text(cents));
    }

    void writeAssets(SourceWriter writer) {
        Dirty dirty = new Dirty(
                Source.ASSETS,
                writer,
                List.of(Flaw.MISSING_FIELD, Flaw.BAD_TYPE, Flaw.MALFORMED, Flaw.DUPLICATE),
                "kind",
                "body",
                row -> with(Source.ASSETS, row, "approved", "maybe"));
        Chance chance = Chance.of(options.seed(), Roles.COST, 1);
        int number = 0;
        for (String category : PlantedCategory.ALL.stream()
                .map(PlantedCategory::top)
                .distinct()
                .toList()) {
            for (String stage : STAGES) {
                number++;
                dirty.write(0, asset(chance, number, "script", stage, category, "", script(stage, category)));
            }
        }
        for (PlantedPortrait planted : PlantedPortrait.ALL) {
            for (String stage : STAGES) {
                number++;
                dirty.write(
                        0,
                        asset(
                                chance,
                                number,
                                "material",
                                stage,
                                "",
                                planted.lifeStage(),
                                "https://img.example/material-" + number + ".jpg"));
            }
        }
    }

    private static List<String> asset(
            Chance chance, int number, String kind, String stage, String category, String audience, String body) {
        return List.of(
                "a" + (1000 + number), kind, stage, category, audience, body, String.valueOf(chance.happens(APPROVED)));
    }

    private static String script(String stage, String category) {
        return switch (stage) {
            case "draw" -> "Hi, I am in the " + category + " group too. Ask me anything, I use what I talk about.";
            case "activate" -> "A small tip on " + category + " that I wish I had known earlier: read on.";
            case "convert" ->
                "I have used this one from " + category + " for a month; here is what I like, and what not.";
            case "repeat" -> "Yours should be running low. Shall I send the link for " + category + " again?";
            default -> "We have not talked for a while. Something new in " + category + " made me think of you.";
        };
    }

    private static List<String> with(Source source, List<String> row, String column, String value) {
        List<String> changed = new ArrayList<>(row);
        changed.set(source.index(column), value);
        return changed;
    }

    /** Writes good rows, and after them, when one is due, a bad one made from the last. */
    private final class Dirty {
        private final Source source;
        private final SourceWriter writer;
        private final List<Flaw> flaws;
        private final String required;
        private final String marker;
        private final UnaryOperator<List<String>> mistype;
        private final UnaryOperator<List<String>> negate;
        private final List<String> keys;
        private long good;
        private int bad;

        Dirty(
                Source source,
                SourceWriter writer,
                List<Flaw> flaws,
                String required,
                String marker,
                UnaryOperator<List<String>> mistype) {
            this(source, writer, flaws, required, marker, mistype, UnaryOperator.identity());
        }

        /** The required column is what a row with a missing field misses; the marker column tells bad rows. */
        Dirty(
                Source source,
                SourceWriter writer,
                List<Flaw> flaws,
                String required,
                String marker,
                UnaryOperator<List<String>> mistype,
                UnaryOperator<List<String>> negate) {
            this.source = source;
            this.writer = writer;
            this.flaws = flaws;
            this.required = required;
            this.marker = marker;
            this.mistype = mistype;
            this.negate = negate;
            this.keys = source.equals(Source.TIES)
                    ? List.of("koc_id", "user_id", "tie_type")
                    : source.columns().subList(0, 1);
        }

        void write(int day, List<String> row) {
            writer.write(day, row);
            good++;
            if ((long) Math.floor(good * options.dirt()) > bad) {
                writeBad(day, row, flaws.get(bad % flaws.size()));
                bad++;
            }
        }

        private void writeBad(int day, List<String> row, Flaw flaw) {
            if (flaw == Flaw.DUPLICATE) {
                writer.write(day, row);
                truth.recordBadRow(
                        source,
                        String.join("+", keys),
                        keys.stream().map(key -> row.get(source.index(key))).collect(Collectors.joining("+")),
                        flaw);
                return;
            }
            String mark = "bad-" + source.name() + "-" + (bad + 1);
            List<String> marked = with(source, row, marker, mark);
            if (!source.columns().get(0).equals("day")) {
                // Of its own key, so that it can replace no good row.
                marked = with(source, marked, source.columns().get(0), mark);
            }
            switch (flaw) {
                case MISSING_FIELD -> writer.write(day, with(source, marked, required, ""));
                case MALFORMED -> writer.writeMalformed(day, marked);
                case NEGATIVE_AMOUNT -> writer.write(day, negate.apply(marked));
                default -> writer.write(day, mistype.apply(marked));
            }
            truth.recordBadRow(source, marker, mark, flaw);
        }
    }
}
