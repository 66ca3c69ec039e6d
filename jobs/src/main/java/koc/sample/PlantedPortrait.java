package koc.sample;

import java.util.List;
import java.util.Map;

/**
 * A planted group of users: who they are, what they buy, at which price, how often and when. The numbers are assumptions, not
 * estimates. Each portrait buys far more than others in a few categories, and also differs in price, discounts and hours.
 *
 * @param name its name in the truth
 * @param lifeStage life stage that the brand records for most of its users
 * @param userFraction fraction of users
 * @param bornAround mean year of birth
 * @param female fraction of women
 * @param priceLevel preferred price within a category: 0 is average, 1 is one deviation above
 * @param frequency activity relative to the average
 * @param buyRate chance that a visit ends in an order
 * @param discountUse chance that a purchase is at a discount
 * @param sharing chance that a purchase is shared with friends
 * @param weekend weight of a weekend day relative to a weekday
 * @param hours times of day at which they are active, in hours
 * @param multipliers purchases relative to {@link PlantedCategory#popularity()}: of a top category, of a second-level
 *     one, or of both (they multiply)
 */
record PlantedPortrait(
        String name,
        String lifeStage,
        double userFraction,
        int bornAround,
        double female,
        double priceLevel,
        double frequency,
        double buyRate,
        double discountUse,
        double sharing,
        double weekend,
        List<Double> hours,
        Map<String, Double> multipliers) {

    /** All portraits; the index in this list is the number of the portrait in the generator. */
    static final List<PlantedPortrait> ALL = List.of(
            new PlantedPortrait(
                    "new parents",
                    "new parent",
                    /* userFraction= */ .15,
                    /* bornAround= */ 1994,
                    /* female= */ .78,
                    /* priceLevel= */ .4,
                    /* frequency= */ 1.2,
                    /* buyRate= */ .34,
                    /* discountUse= */ .3,
                    /* sharing= */ .12,
                    /* weekend= */ .9,
                    /* hours= */ List.of(10.0, 14.5, 22.5),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("mother and baby", 3.0),
                            Map.entry("mother and baby > diapers", 6.0),
                            Map.entry("mother and baby > milk powder", 5.5),
                            Map.entry("mother and baby > toys", 5.0),
                            Map.entry("courses > parenting", 16.0),
                            Map.entry("courses > school subjects", .2),
                            Map.entry("pets", .3),
                            Map.entry("sports", .4))),
            new PlantedPortrait(
                    "school parents",
                    "parent of a pupil",
                    /* userFraction= */ .12,
                    /* bornAround= */ 1985,
                    /* female= */ .66,
                    /* priceLevel= */ .1,
                    /* frequency= */ .95,
                    /* buyRate= */ .28,
                    /* discountUse= */ .25,
                    /* sharing= */ .1,
                    /* weekend= */ 1.5,
                    /* hours= */ List.of(12.5, 20.5),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("courses > school subjects", 26.0),
                            Map.entry("courses > parenting", 12.0),
                            Map.entry("sports > outdoor", 15.0),
                            Map.entry("home > bedding", 11.0),
                            Map.entry("mother and baby", .3),
                            Map.entry("pets", .3),
                            Map.entry("beauty", .6))),
            new PlantedPortrait(
                    "beauty lovers",
                    "young single",
                    /* userFraction= */ .16,
                    /* bornAround= */ 1999,
                    /* female= */ .93,
                    /* priceLevel= */ .2,
                    /* frequency= */ 1.1,
                    /* buyRate= */ .28,
                    /* discountUse= */ .55,
                    /* sharing= */ .16,
                    /* weekend= */ 1.2,
                    /* hours= */ List.of(13.0, 21.5, 23.5),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("beauty", 2.5),
                            Map.entry("beauty > skin care", 4.0),
                            Map.entry("beauty > makeup", 4.8),
                            Map.entry("beauty > hair care", 4.0),
                            Map.entry("fashion > women", 8.0),
                            Map.entry("fashion > bags", 8.0),
                            Map.entry("mother and baby", .15),
                            Map.entry("courses > parenting", .2),
                            Map.entry("courses > school subjects", .2),
                            Map.entry("pets", .4))),
            new PlantedPortrait(
                    "office workers",
                    "working single",
                    /* userFraction= */ .13,
                    /* bornAround= */ 1991,
                    /* female= */ .4,
                    /* priceLevel= */ 1.0,
                    /* frequency= */ .8,
                    /* buyRate= */ .26,
                    /* discountUse= */ .15,
                    /* sharing= */ .05,
                    /* weekend= */ .6,
                    /* hours= */ List.of(8.2, 12.5, 22.0),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("digital > audio", 22.0),
                            Map.entry("digital > phones", 16.0),
                            Map.entry("courses > finance", 22.0),
                            Map.entry("food > coffee", 15.0),
                            Map.entry("mother and baby", .2),
                            Map.entry("courses > parenting", .2),
                            Map.entry("courses > school subjects", .2),
                            Map.entry("pets", .4))),
            new PlantedPortrait(
                    "sporty people",
                    "young couple",
                    /* userFraction= */ .11,
                    /* bornAround= */ 1995,
                    /* female= */ .5,
                    /* priceLevel= */ .6,
                    /* frequency= */ 1.0,
                    /* buyRate= */ .27,
                    /* discountUse= */ .25,
                    /* sharing= */ .1,
                    /* weekend= */ 1.3,
                    /* hours= */ List.of(6.5, 18.5),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("sports", 3.0),
                            Map.entry("sports > running", 6.5),
                            Map.entry("sports > yoga", 7.0),
                            Map.entry("sports > nutrition", 8.0),
                            Map.entry("sports > outdoor", .6),
                            Map.entry("mother and baby", .2),
                            Map.entry("courses > parenting", .2),
                            Map.entry("courses > school subjects", .2),
                            Map.entry("pets", .4))),
            new PlantedPortrait(
                    "seniors",
                    "retired",
                    /* userFraction= */ .11,
                    /* bornAround= */ 1958,
                    /* female= */ .62,
                    /* priceLevel= */ -.5,
                    /* frequency= */ .9,
                    /* buyRate= */ .32,
                    /* discountUse= */ .45,
                    /* sharing= */ .06,
                    /* weekend= */ .9,
                    /* hours= */ List.of(6.5, 9.5, 15.5),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("health", 3.0),
                            Map.entry("health > supplements", 6.0),
                            Map.entry("health > devices", 7.5),
                            Map.entry("food > grain and oil", 10.0),
                            Map.entry("mother and baby", .3),
                            Map.entry("courses > parenting", .3),
                            Map.entry("courses > school subjects", .3),
                            Map.entry("digital", .4),
                            Map.entry("fashion", .4),
                            Map.entry("beauty", .4),
                            Map.entry("sports", .3),
                            Map.entry("pets", .4))),
            new PlantedPortrait(
                    "pet owners",
                    "pet owner",
                    /* userFraction= */ .1,
                    /* bornAround= */ 1993,
                    /* female= */ .6,
                    /* priceLevel= */ .5,
                    /* frequency= */ 1.05,
                    /* buyRate= */ .32,
                    /* discountUse= */ .25,
                    /* sharing= */ .12,
                    /* weekend= */ 1.1,
                    /* hours= */ List.of(11.5, 19.5, 22.5),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("pets", 5.0),
                            Map.entry("pets > pet food", 4.6),
                            Map.entry("pets > litter", 4.6),
                            Map.entry("pets > pet toys", 4.4),
                            Map.entry("digital > smart home", 16.0),
                            Map.entry("mother and baby", .2),
                            Map.entry("courses > parenting", .2),
                            Map.entry("courses > school subjects", .2))),
            new PlantedPortrait(
                    "thrifty families",
                    "family with a household",
                    /* userFraction= */ .12,
                    /* bornAround= */ 1980,
                    /* female= */ .74,
                    /* priceLevel= */ -.9,
                    /* frequency= */ 1.3,
                    /* buyRate= */ .36,
                    /* discountUse= */ .7,
                    /* sharing= */ .14,
                    /* weekend= */ 1.0,
                    /* hours= */ List.of(9.5, 11.5, 16.5, 20.0),
                    /* multipliers= */ Map.ofEntries(
                            Map.entry("home > cleaning", 13.0),
                            Map.entry("home > kitchenware", 13.0),
                            Map.entry("food > fresh fruit", 13.0),
                            Map.entry("mother and baby", .3),
                            Map.entry("courses > parenting", .4),
                            Map.entry("courses > school subjects", .4),
                            Map.entry("digital", .5),
                            Map.entry("pets", .3))));

    /** Purchases in a category relative to its popularity, before the fractions are scaled to 1. */
    double multiplier(PlantedCategory category) {
        return multipliers.getOrDefault(category.top(), 1.0) * multipliers.getOrDefault(category.path(), 1.0);
    }

    /** The fractions of its users' purchases by category, in the order of {@link PlantedCategory#ALL}. */
    double[] categoryFractions() {
        double[] shares = new double[PlantedCategory.ALL.size()];
        double total = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = PlantedCategory.ALL.get(i).popularity() * multiplier(PlantedCategory.ALL.get(i));
            total += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= total;
        }
        return shares;
    }
}
