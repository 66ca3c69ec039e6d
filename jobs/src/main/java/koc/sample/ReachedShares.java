package koc.sample;

/** The shares that reached a user through their ties. */
final class ReachedShares {
    private final Population population;
    private final Pools pools;
    private final SharingPlan plan;
    private final IntList ties = new IntList();
    private final IntList shares = new IntList();

    ReachedShares(Population population, Pools pools, SharingPlan plan) {
        this.population = population;
        this.pools = pools;
        this.plan = plan;
    }

    /** Adds a share of the KOC of this tie. */
    void add(int tie, int share) {
        ties.add(tie);
        shares.add(share);
    }

    /** The user who last shared the product in the days of influence before the moment, or -1. */
    int lastSharer(int product, long moment) {
        long latest = moment - Behaviour.INFLUENCE_DAYS * Behaviour.DAY;
        int sharer = -1;
        for (int i = 0; i < ties.size(); i++) {
            int koc = pools.tieKoc(ties.get(i));
            int share = shares.get(i);
            long shared = plan.shareMoment(koc, share);
            if (shared < moment && shared > latest && plan.shareProduct(koc, share) == product) {
                latest = shared;
                sharer = population.kocUser(koc);
            }
        }
        return sharer;
    }
}
