package koc.sample;

import java.util.Arrays;

/** What the members of each pool buy most, by chance draws of purchases that they would make without any share. */
final class PoolTaste {
    /** Purchases of which the most frequent product is taken. With more of them, popular products win more often. */
    private static final int PURCHASES = 12;

    private final ProductChoice choice;
    private final Population population;
    /** Of each KOC: the members, and running sums of their activity. */
    private final int[][] members;

    private final double[][] activities;

    private PoolTaste(ProductChoice choice, Population population, Pools pools) {
        this.choice = choice;
        this.population = population;
        IntList[] lists = new IntList[population.kocs()];
        Arrays.setAll(lists, koc -> new IntList());
        for (int tie = 0; tie < pools.ties(); tie++) {
            lists[pools.tieKoc(tie)].add(pools.tieUser(tie));
        }
        members = Arrays.stream(lists).map(IntList::toArray).toArray(int[][]::new);
        activities = Arrays.stream(members)
                .map(users -> Chance.cumulated(
                        Arrays.stream(users).mapToDouble(population::activity).toArray()))
                .toArray(double[][]::new);
    }

    static PoolTaste of(ProductChoice choice, Population population, Pools pools) {
        return new PoolTaste(choice, population, pools);
    }

    boolean hasMembers(int koc) {
        return members[koc].length > 0;
    }

    /** Draws what a pool with members buys most on this day: the most frequent of a few purchases, or the first of these. */
    int draw(Chance chance, int koc, int day) {
        int[] products = new int[PURCHASES];
        for (int i = 0; i < PURCHASES; i++) {
            int user = members[koc][chance.drawIndex(activities[koc])];
            int category = chance.drawIndex(Chance.cumulated(population.taste(user)));
            products[i] = choice.draw(chance, user, population.portrait(user), category, day);
        }
        int best = products[0];
        for (int product : products) {
            best = count(products, product) > count(products, best) ? product : best;
        }
        return best;
    }

    private static long count(int[] products, int product) {
        return Arrays.stream(products).filter(each -> each == product).count();
    }
}
