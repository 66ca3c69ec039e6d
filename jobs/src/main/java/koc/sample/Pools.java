package koc.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The KOCs and their ties: the members of each traffic pool, with the first and last day. */
final class Pools {
    /** Last day of a tie that is still open. */
    static final int OPEN = Short.MAX_VALUE;

    /** Deviation of the logarithm of pool sizes, around {@link PlantedKocType#medianPool()}. */
    private static final double POOL_DEVIATION = .7;
    /** Smallest pool size. */
    static final int MIN_POOL = 3;
    /** Fraction of ties that began within the history, among users who were there from the first day. */
    private static final double STARTED_IN_HISTORY_FRACTION = .4;
    /** Fraction of similar members who have the KOC's second portrait. */
    private static final double SECOND_PORTRAIT_FRACTION = .3;
    /** Fraction of members who are preferably drawn from the KOC's county. */
    private static final double SAME_COUNTY_FRACTION = .5;
    /** Fraction of friends who are also in a group of the KOC. */
    private static final double ALSO_IN_GROUP_FRACTION = .06;
    /** Fraction of similar members who are drawn from the KOC's circle, if there are circles. */
    private static final double IN_CIRCLE_FRACTION = .6;

    private final PlantedInfluence[] kinds;
    private final byte[] types;
    private final double[] ratios;
    private final int[] mainPortraits;
    private final int[] secondPortraits;
    private final int[] openPools;

    private final int[] tieKocs;
    private final int[] tieUsers;
    private final short[] tieSince;
    private final short[] tieUntil;
    private final byte[] tieTypes;
    private final byte[] tieScenes;
    private final boolean[] tieAlsoInGroup;
    private final boolean[] tieMuted;

    /** Ties sorted by user; the ties of a user start at their index in {@link #firstByUser}. */
    private final int[] byUser;

    private final int[] firstByUser;

    private Pools(GeneratorOptions options, Population population) {
        int kocs = population.kocs();
        kinds = new PlantedInfluence[kocs];
        types = new byte[kocs];
        ratios = new double[kocs];
        mainPortraits = new int[kocs];
        secondPortraits = new int[kocs];
        openPools = new int[kocs];
        IntList users = new IntList();
        IntList owners = new IntList();
        int[][] byPortrait = usersByPortrait(population);
        double[] kindFractions = Chance.cumulated(Arrays.stream(PlantedInfluence.values())
                .mapToDouble(PlantedInfluence::kocFraction)
                .toArray());
        double[] typeFractions = Chance.cumulated(PlantedKocType.ALL.stream()
                .mapToDouble(PlantedKocType::kocFraction)
                .toArray());
        Chance[] chances = new Chance[kocs];
        double[] sizes = new double[kocs];
        boolean hasHub = kocs > 0 && options.plants().hubFraction() > 0;
        for (int koc = 0; koc < kocs; koc++) {
            Chance chance = Chance.of(options.seed(), Roles.POOL, koc);
            chances[koc] = chance;
            // The first few KOCs get one of each kind, so that small data sets have all kinds.
            PlantedInfluence[] allKinds = PlantedInfluence.values();
            kinds[koc] = allKinds[koc < allKinds.length ? koc : chance.drawIndex(kindFractions)];
            types[koc] =
                    (byte) (koc < allKinds.length ? koc % PlantedKocType.ALL.size() : chance.drawIndex(typeFractions));
            if (hasHub && koc == kocs - 1) {
                kinds[koc] = PlantedInfluence.NEUTRAL;
            }
            double ratio = kind(koc).drawRatio(chance);
            ratios[koc] = options.plants().lifetimes() ? 1 : ratio;
            mainPortraits[koc] = population.portrait(population.kocUser(koc));
            secondPortraits[koc] = chance.below(PlantedPortrait.ALL.size());
            sizes[koc] = type(koc).medianPool() * chance.logNormal(POOL_DEVIATION);
        }
        int max = Math.max(MIN_POOL, population.size() / 5);
        int hubSize = (int) (population.size() * options.plants().hubFraction());
        double growth = findGrowth(
                hasHub ? Arrays.copyOf(sizes, kocs - 1) : sizes,
                max,
                options.plants().ties() == 0 ? 0 : Math.max(1, options.plants().ties() - hubSize));
        for (int koc = 0; koc < kocs; koc++) {
            int size = hasHub && koc == kocs - 1 ? hubSize : clampPoolSize(sizes[koc] * growth, max);
            for (int member : members(chances[koc], population, byPortrait, koc, size)) {
                owners.add(koc);
                users.add(member);
            }
        }
        tieKocs = owners.toArray();
        tieUsers = users.toArray();
        tieSince = new short[tieKocs.length];
        tieUntil = new short[tieKocs.length];
        tieTypes = new byte[tieKocs.length];
        tieScenes = new byte[tieKocs.length];
        tieAlsoInGroup = new boolean[tieKocs.length];
        tieMuted = new boolean[tieKocs.length];
        int days = options.days();
        Chance chance = Chance.of(options.seed(), Roles.POOL, -2);
        for (int tie = 0; tie < tieKocs.length; tie++) {
            PlantedKocType type = type(tieKocs[tie]);
            int start = population.startDay(tieUsers[tie]);
            int since = start == 0 && !chance.happens(STARTED_IN_HISTORY_FRACTION)
                    ? -chance.whole(1, 600)
                    : start + chance.below(Math.max(1, (population.stopDay(tieUsers[tie]) - start) * 3 / 4));
            tieSince[tie] = (short) since;
            tieUntil[tie] = (short) OPEN;
            int earliestLastDay = Math.max(since, 0) + 7;
            if (chance.happens(kind(tieKocs[tie]).leaveRate()) && earliestLastDay < days - 1) {
                tieUntil[tie] = (short) chance.whole(earliestLastDay, days - 2);
            } else {
                openPools[tieKocs[tie]]++;
            }
            tieTypes[tie] = (byte) chance.below(type.tieTypes().size());
            tieScenes[tie] = (byte) chance.below(type.scenes().size());
            tieAlsoInGroup[tie] = tieType(tie).equals("friend") && chance.happens(ALSO_IN_GROUP_FRACTION);
            tieMuted[tie] = chance.happens(kind(tieKocs[tie]).muteRate());
        }
        firstByUser = new int[population.size() + 1];
        for (int user : tieUsers) {
            firstByUser[user + 1]++;
        }
        for (int user = 0; user < population.size(); user++) {
            firstByUser[user + 1] += firstByUser[user];
        }
        byUser = new int[tieUsers.length];
        int[] next = firstByUser.clone();
        for (int tie = 0; tie < tieUsers.length; tie++) {
            byUser[next[tieUsers[tie]]++] = tie;
        }
    }

    static Pools of(GeneratorOptions options, Population population) {
        return new Pools(options, population);
    }

    private static int clampPoolSize(double size, int max) {
        return (int) Math.max(MIN_POOL, Math.min(max, size));
    }

    /** The factor by which sizes must grow to add up to this number of ties within their bounds; 1 for 0 ties. */
    private static double findGrowth(double[] sizes, int max, long ties) {
        if (ties == 0) {
            return 1;
        }
        double low = 0;
        double high = max;
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            long sum = Arrays.stream(sizes)
                    .mapToLong(size -> clampPoolSize(size * middle, max))
                    .sum();
            if (sum < ties) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Users who are not newcomers, by portrait; the last list has all of them. */
    private static int[][] usersByPortrait(Population population) {
        List<IntList> lists = new ArrayList<>();
        for (int portrait = 0; portrait <= PlantedPortrait.ALL.size(); portrait++) {
            lists.add(new IntList());
        }
        for (int user = 0; user < population.size(); user++) {
            if (!population.isNewcomer(user)) {
                lists.get(population.portrait(user)).add(user);
                lists.get(PlantedPortrait.ALL.size()).add(user);
            }
        }
        return lists.stream().map(IntList::toArray).toArray(int[][]::new);
    }

    private int[] members(Chance chance, Population population, int[][] byPortrait, int koc, int size) {
        int self = population.kocUser(koc);
        int[] allUsers = byPortrait[PlantedPortrait.ALL.size()];
        Set<Integer> chosen = new HashSet<>();
        IntList members = new IntList();
        for (int attempt = 0; attempt < size * 4 && members.size() < size; attempt++) {
            int[] from = allUsers;
            if (chance.happens(kind(koc).homophily())) {
                from = byPortrait[chance.happens(SECOND_PORTRAIT_FRACTION) ? secondPortraits[koc] : mainPortraits[koc]];
            }
            if (from.length == 0) {
                continue;
            }
            int member = from[chance.below(from.length)];
            if (population.hasCircles() && kind(koc).homophily() > 0 && chance.happens(IN_CIRCLE_FRACTION)) {
                for (int i = 0; i < 200 && population.circle(member) != population.circle(self); i++) {
                    member = from[chance.below(from.length)];
                }
            }
            boolean mayMatchCounty = !population.hasCircles();
            for (int i = 0;
                    mayMatchCounty && i < 12 && population.regionNumber(member) != population.regionNumber(self);
                    i++) {
                if (i == 0 && !chance.happens(SAME_COUNTY_FRACTION)) {
                    break;
                }
                member = from[chance.below(from.length)];
            }
            if (member != self && chosen.add(member)) {
                members.add(member);
            }
        }
        return members.toArray();
    }

    PlantedInfluence kind(int koc) {
        return kinds[koc];
    }

    PlantedKocType type(int koc) {
        return PlantedKocType.ALL.get(types[koc]);
    }

    /** Purchases of a shared product relative to those without the share. */
    double ratio(int koc) {
        return ratios[koc];
    }

    int mainPortrait(int koc) {
        return mainPortraits[koc];
    }

    int secondPortrait(int koc) {
        return secondPortraits[koc];
    }

    /** Ties that are open on the last day. */
    int openPool(int koc) {
        return openPools[koc];
    }

    int ties() {
        return tieKocs.length;
    }

    int tieKoc(int tie) {
        return tieKocs[tie];
    }

    int tieUser(int tie) {
        return tieUsers[tie];
    }

    /** First day of the tie, 0 = first day of history. */
    int since(int tie) {
        return tieSince[tie];
    }

    /** Last day of the tie, or {@link #OPEN}. */
    int until(int tie) {
        return tieUntil[tie];
    }

    boolean isOpenOn(int tie, int day) {
        return tieSince[tie] <= day && day <= tieUntil[tie];
    }

    String tieType(int tie) {
        return type(tieKocs[tie]).tieTypes().get(tieTypes[tie]);
    }

    String scene(int tie) {
        return type(tieKocs[tie]).scenes().get(tieScenes[tie]);
    }

    /** Whether the friend is also in a group of the KOC. */
    boolean isAlsoInGroup(int tie) {
        return tieAlsoInGroup[tie];
    }

    boolean isMuted(int tie) {
        return tieMuted[tie];
    }

    /** The index of a user's first tie in {@link #tieAt}; their ties end before the next user's first. */
    int firstTieIndex(int user) {
        return firstByUser[user];
    }

    int tieAt(int index) {
        return byUser[index];
    }
}
