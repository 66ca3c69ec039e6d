package koc.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koc.sample.GeneratorOptions.Layout;

/**
 * Writes the events of all users, and among them bad rows that are made from valid ones. The kinds of bad rows take turns.
 */
final class EventSource {
    /** Views and clicks of a robot in one hour; the clean job rejects more than 600. */
    static final int ROBOT_EVENTS = 660;

    /** Largest fraction of bad rows that robots make. */
    private static final double MAX_ROBOT_FRACTION = .75;

    private static final int MAX_ROBOTS = 20;
    /** Valid events of a robot. */
    static final int ROBOT_GOOD_EVENTS = 4;

    private static final double LATE_ARRIVALS = .04;
    private static final int EVENT_ID = Source.EVENTS.index("event_id");
    private static final int OCCURRED_AT = Source.EVENTS.index("occurred_at");
    private static final int USER_ID = Source.EVENTS.index("user_id");
    private static final int EVENT_TYPE = Source.EVENTS.index("event_type");
    private static final int PRODUCT_ID = Source.EVENTS.index("product_id");
    private static final int ORDER_ID = Source.EVENTS.index("order_id");
    private static final int QUANTITY = Source.EVENTS.index("quantity");
    private static final int UNIT_PRICE = Source.EVENTS.index("unit_price");
    private static final int SHARER_ID = Source.EVENTS.index("sharer_id");
    private static final int CHANNEL = Source.EVENTS.index("channel");
    private static final int CONTENT_ID = Source.EVENTS.index("content_id");
    private static final int GROUP_ID = Source.EVENTS.index("group_id");
    private static final int RATING = Source.EVENTS.index("rating");

    private final GeneratorOptions options;
    private final SourceWriter writer;
    private final Truth truth;
    private final Ids ids;
    private final Moments moments;
    private final List<Flaw> flaws;
    private final int robots;
    private final double dirtPerEvent;
    private final int lastDay;
    private long events;
    private long goodEvents;
    /** Purchases of users and fake accounts. */
    private long purchases;

    private long badEvents;
    private int turns;

    EventSource(GeneratorOptions options, SourceWriter writer, Truth truth) {
        this.options = options;
        this.writer = writer;
        this.truth = truth;
        this.ids = new Ids(options);
        this.moments = new Moments(options);
        this.lastDay = options.days() - 1;
        this.flaws = new ArrayList<>(List.of(
                Flaw.MISSING_FIELD,
                Flaw.DUPLICATE,
                Flaw.BAD_TYPE,
                Flaw.CONFLICTING_ID,
                Flaw.MALFORMED,
                Flaw.ORPHAN_PRODUCT,
                Flaw.UNKNOWN_EVENT_TYPE,
                Flaw.NEGATIVE_AMOUNT,
                options.layout() == Layout.FLAT ? Flaw.LATER : Flaw.FUTURE,
                Flaw.BEFORE_EPOCH));
        double budget = options.dirt() * options.events();
        this.robots = (int) Math.min(MAX_ROBOTS, Math.floor(budget * MAX_ROBOT_FRACTION / ROBOT_EVENTS));
        this.dirtPerEvent = (budget - (double) robots * ROBOT_EVENTS) / options.events();
    }

    /** Valid events of all robots. */
    long robotGoodEvents() {
        return (long) robots * ROBOT_GOOD_EVENTS;
    }

    /** Writes the events of a user, and the bad rows that are due. */
    void write(int user, List<Event> events) {
        Chance arrivals = Chance.of(options.seed(), Roles.ARRIVAL, user);
        Chance chance = Chance.of(options.seed(), Roles.DIRT, user);
        List<List<String>> rows = new ArrayList<>(events.size());
        int[] arrivalDays = new int[events.size()];
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            arrivalDays[i] = arrivalDay(arrivals, event.day());
            List<String> row = row(event);
            rows.add(row);
            writer.write(arrivalDays[i], row);
            goodEvents++;
            purchases += event.type == EventType.PURCHASE ? 1 : 0;
        }
        long due = (long) Math.floor(goodEvents * dirtPerEvent) - badEvents;
        boolean[] isUsed = new boolean[rows.size()];
        for (int i = 0; i < due && !rows.isEmpty(); i++) {
            int base = chance.below(rows.size());
            for (int attempt = 0; attempt < 20 && (isUsed[base] || !canBecomeBad(rows.get(base))); attempt++) {
                base = chance.below(rows.size());
            }
            if (isUsed[base] || !canBecomeBad(rows.get(base))) {
                // The next user gets the missing bad rows.
                return;
            }
            isUsed[base] = true;
            writeBad(chance, rows.get(base), arrivalDays[base]);
            badEvents++;
        }
    }

    /** Whether any kind of bad row can be made from the row. */
    private static boolean canBecomeBad(List<String> row) {
        return !row.get(PRODUCT_ID).isEmpty() && !row.get(CHANNEL).isEmpty();
    }

    private int arrivalDay(Chance chance, int day) {
        return chance.happens(LATE_ARRIVALS) ? Math.min(lastDay, day + chance.whole(1, 3)) : day;
    }

    private List<String> row(Event event) {
        String[] values = new String[Source.EVENTS.columns().size()];
        Arrays.fill(values, "");
        values[EVENT_ID] = nextId();
        values[OCCURRED_AT] = moments.text(event.moment);
        values[USER_ID] = ids.user(event.user);
        values[EVENT_TYPE] = event.type.word();
        values[PRODUCT_ID] = event.product < 0 ? "" : ids.product(event.product);
        values[ORDER_ID] = event.order;
        values[QUANTITY] = event.quantity == 0 ? "" : Integer.toString(event.quantity);
        values[UNIT_PRICE] = event.cents < 0 ? "" : Money.text(event.cents);
        values[SHARER_ID] = event.sharer < 0 ? "" : ids.user(event.sharer);
        values[CHANNEL] = event.channel;
        values[CONTENT_ID] = event.content;
        values[GROUP_ID] = event.group < 0 ? "" : ids.group(event.group);
        values[RATING] = event.rating == 0 ? "" : Integer.toString(event.rating);
        return Arrays.asList(values);
    }

    private String nextId() {
        events++;
        return ids.event(events);
    }

    private void writeBad(Chance chance, List<String> base, int arrivalDay) {
        Flaw flaw = flaws.get(turns % flaws.size());
        int variant = turns / flaws.size();
        turns++;
        List<String> row = new ArrayList<>(base);
        // A duplicate may arrive later than its row; other bad rows arrive with it.
        int day = arrivalDay;
        switch (flaw) {
            case DUPLICATE -> day = Math.min(lastDay, arrivalDay + variant % 2);
            case CONFLICTING_ID -> {
                // It differs in one column, and sorts after the valid row by any column.
                row.set(CHANNEL, "zone_resend");
                day = Math.min(lastDay, arrivalDay + variant % 2);
            }
            default -> {
                row.set(EVENT_ID, nextId());
                spoil(chance, row, flaw, variant, arrivalDay);
            }
        }
        if (flaw == Flaw.MALFORMED) {
            writer.writeMalformed(day, row);
        } else {
            writer.write(day, row);
        }
        String column = row.get(EVENT_ID).isEmpty() ? "content_id" : "event_id";
        truth.recordBadRow(Source.EVENTS, column, row.get(Source.EVENTS.index(column)), flaw);
    }

    private void spoil(Chance chance, List<String> row, Flaw flaw, int variant, int arrivalDay) {
        switch (flaw) {
            case MISSING_FIELD -> omitField(row, variant);
            case BAD_TYPE -> mistype(row, variant);
            case UNKNOWN_EVENT_TYPE -> row.set(EVENT_TYPE, variant % 2 == 0 ? "teleport" : "page_scroll");
            case NEGATIVE_AMOUNT -> {
                convertTo(row, EventType.PURCHASE);
                row.set(UNIT_PRICE, "-" + Money.text(100 + chance.below(10_000)));
            }
            case FUTURE -> row.set(OCCURRED_AT, moments.text((arrivalDay + 2L) * 86_400 + chance.below(86_400)));
            case LATER -> row.set(OCCURRED_AT, moments.text((lastDay + 2L) * 86_400 + chance.below(10 * 86_400)));
            case BEFORE_EPOCH -> row.set(OCCURRED_AT, variant % 2 == 0 ? "1970-01-01T08:00:00" : "1999-06-30T12:00:00");
            case ORPHAN_PRODUCT -> row.set(PRODUCT_ID, ids.orphan(chance.below(1000)));
            default -> {}
        }
    }

    private static void omitField(List<String> row, int variant) {
        switch (variant % 6) {
            case 0 -> row.set(USER_ID, "");
            case 1 -> {
                row.set(CONTENT_ID, "without-id-" + row.get(EVENT_ID));
                row.set(EVENT_ID, "");
            }
            case 2 -> {
                convertTo(row, EventType.PURCHASE);
                row.set(UNIT_PRICE, "");
            }
            case 3 -> {
                convertTo(row, EventType.VIEW);
                row.set(PRODUCT_ID, "");
            }
            case 4 -> row.set(OCCURRED_AT, "");
            default -> {
                convertTo(row, EventType.REVIEW);
                row.set(RATING, "");
            }
        }
    }

    private static void mistype(List<String> row, int variant) {
        switch (variant % 5) {
            case 0 -> row.set(OCCURRED_AT, "yesterday evening");
            case 1 -> {
                convertTo(row, EventType.PURCHASE);
                row.set(UNIT_PRICE, "12.50 yuan");
            }
            case 2 -> {
                convertTo(row, EventType.PURCHASE);
                row.set(QUANTITY, "two");
            }
            case 3 -> row.set(OCCURRED_AT, "2024-13-45T25:61:00");
            default -> {
                convertTo(row, EventType.REVIEW);
                row.set(RATING, "five stars");
            }
        }
    }

    /** Turns the row into a valid row of this type. */
    private static void convertTo(List<String> row, EventType type) {
        row.set(EVENT_TYPE, type.word());
        row.set(SHARER_ID, "");
        row.set(CONTENT_ID, "");
        row.set(GROUP_ID, "");
        row.set(ORDER_ID, type == EventType.PURCHASE ? "bad-" + row.get(EVENT_ID) : "");
        row.set(QUANTITY, type == EventType.PURCHASE ? "1" : "");
        row.set(UNIT_PRICE, type == EventType.PURCHASE ? "9.90" : "");
        row.set(RATING, type == EventType.REVIEW ? "3" : "");
    }

    /** Writes the robots: accounts that view hundreds of products in an hour. */
    void writeRobots(Catalogue catalogue) {
        for (int robot = 0; robot < robots; robot++) {
            Chance chance = Chance.of(options.seed(), Roles.DIRT, -1L - robot);
            String user = "robot" + (robot + 1);
            int day = chance.whole(2, lastDay - 1);
            long hour = day * 86_400L + 3 * 3600;
            for (int i = 0; i < ROBOT_EVENTS; i++) {
                EventType type = chance.happens(.7) ? EventType.VIEW : EventType.CLICK;
                Event event = new Event(hour + i * 5L, 0, type)
                        .product(drawLaunched(chance, catalogue, day))
                        .channel("mini_program");
                List<String> row = row(event);
                row.set(USER_ID, user);
                writer.write(day, row);
                truth.recordBadRow(Source.EVENTS, "event_id", row.get(EVENT_ID), Flaw.ROBOT);
            }
            int product = drawLaunched(chance, catalogue, 0);
            List<Event> good = List.of(
                    new Event(hour - 86_400, 0, EventType.VIEW).product(product).channel("mini_program"),
                    new Event(hour + 600, 0, EventType.CART)
                            .product(product)
                            .bought("", 1, catalogue.cents(product))
                            .channel("mini_program"),
                    new Event(hour + 700, 0, EventType.PURCHASE)
                            .product(product)
                            .bought("o" + user + "-1", 1, catalogue.cents(product))
                            .channel("mini_program"),
                    new Event(hour + 900, 0, EventType.FAVORITE)
                            .product(product)
                            .channel("mini_program"));
            for (Event event : good) {
                List<String> row = row(event);
                row.set(USER_ID, user);
                writer.write(event.day(), row);
                goodEvents++;
            }
        }
    }

    /** Writes the events of fake accounts, in addition to the requested number of valid events. */
    void writeFakes(Fakes fakes) {
        write(fakes.actions());
        write(fakes.counterPurchases(purchases));
    }

    private void write(List<Fakes.Action> actions) {
        for (Fakes.Action action : actions) {
            List<String> row = row(action.event());
            row.set(USER_ID, action.user());
            row.set(SHARER_ID, action.sharer());
            writer.write(action.event().day(), row);
            purchases += action.event().type == EventType.PURCHASE ? 1 : 0;
        }
    }

    private static int drawLaunched(Chance chance, Catalogue catalogue, int day) {
        int product = chance.below(catalogue.size());
        while (catalogue.launchDay(product) > day) {
            product = chance.below(catalogue.size());
        }
        return product;
    }
}
