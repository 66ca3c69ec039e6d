package koc.sample;

import java.util.List;

/** Writes the costs, with bad rows among them. */
final class CostSource {
    private final SyntheticBrand brand;
    private final GeneratorOptions options;
    private final Truth truth;
    private final Ids ids;

    CostSource(SyntheticBrand brand, Truth truth) {
        this.brand = brand;
        this.options = brand.options();
        this.truth = truth;
        this.ids = new Ids(options);
    }

    void write(SourceWriter writer) {
        Population population = brand.population();
        DirtyWriter rows = new DirtyWriter(
                        writer,
                        truth,
                        options.dirt(),
                        Flaw.MISSING_FIELD,
                        Flaw.BAD_TYPE,
                        Flaw.MALFORMED,
                        Flaw.NEGATIVE_AMOUNT)
                .required("amount")
                .marker("channel")
                .mistyped("amount", "a lot")
                .negative("amount", "-20.00");
        Chance chance = Chance.of(options.seed(), Roles.COST, 0);
        int days = options.days();
        for (int day = 0; day < days; day += 7) {
            for (String channel : List.of("ad", "live", "store")) {
                rows.write(day, cost(day, "", channel, "ad", chance.whole(20_000, 300_000)));
            }
        }
        if (options.plants().lifetimes()) {
            writeLifetimeCosts(rows);
            return;
        }
        for (int koc = 0; koc < population.kocs(); koc++) {
            String id = ids.user(population.kocUser(koc));
            for (String type : List.of("gift", "coupon", "bonus")) {
                int day = chance.below(days);
                rows.write(day, cost(day, id, "", type, chance.whole(500, 30_000)));
            }
            if (chance.happens(.5)) {
                int day = chance.below(days);
                rows.write(day, cost(day, id, "", "training", chance.whole(5_000, 40_000)));
            }
        }
    }

    private void writeLifetimeCosts(DirtyWriter rows) {
        Lifetimes lifetimes = new Lifetimes(brand);
        for (int koc = 0; koc < brand.population().kocs(); koc++) {
            String id = ids.user(brand.population().kocUser(koc));
            for (Lifetimes.Cost cost : lifetimes.costs(koc)) {
                rows.write(cost.day(), cost(cost.day(), id, "", cost.type(), cost.cents()));
            }
        }
    }

    private List<String> cost(int day, String koc, String channel, String type, long cents) {
        return List.of(options.date(day).toString(), koc, channel, type, Money.text(cents));
    }
}
