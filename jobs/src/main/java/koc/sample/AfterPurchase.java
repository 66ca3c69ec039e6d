package koc.sample;

import java.util.List;

/** Generates what follows a purchase: a share, a review, a complaint or a refund. */
final class AfterPurchase {
    /** Chances of a review, a complaint and a refund, each for poor products and for others. */
    private static final double REVIEW_OF_POOR = .4;

    private static final double REVIEW = .16;
    private static final double COMPLAINT_ABOUT_POOR = .12;
    private static final double COMPLAINT = .006;
    private static final double REFUND_OF_POOR = .22;
    private static final double REFUND = .025;
    /** Deviation of stars from 1 + 4 x quality. */
    private static final double STARS_DEVIATION = .6;
    /** Fractions of refunds that name the order, that are of an order elsewhere, and that return all pieces. */
    private static final double REFUND_WITH_ORDER = .88;

    private static final double REFUND_OF_OTHER_ORDER = .03;
    private static final double REFUND_OF_ALL_PIECES = .9;

    private final Catalogue catalogue;
    /** End of the history; later events are left out. */
    private final long end;

    AfterPurchase(GeneratorOptions options, Catalogue catalogue) {
        this.catalogue = catalogue;
        this.end = options.days() * Behaviour.DAY;
    }

    /** Adds the events that follow this purchase. */
    void add(Visitor visitor, Event purchase, List<Event> events) {
        Chance chance = visitor.chance;
        double quality = catalogue.quality(purchase.product);
        boolean isPoor = quality < Catalogue.POOR_BELOW;
        if (chance.happens(PlantedPortrait.ALL.get(visitor.portrait).sharing())) {
            addInTime(events, later(visitor, purchase, EventType.SHARE, .1, 4).channel("moments"));
        }
        if (chance.happens(isPoor ? REVIEW_OF_POOR : REVIEW)) {
            double stars = 1 + 4 * quality + STARS_DEVIATION * chance.normal();
            addInTime(
                    events,
                    later(visitor, purchase, EventType.REVIEW, 2, 12)
                            .rating((int) Math.max(1, Math.min(5, Math.round(stars))))
                            .channel("mini_program"));
        }
        if (chance.happens(isPoor ? COMPLAINT_ABOUT_POOR : COMPLAINT)) {
            addInTime(
                    events, later(visitor, purchase, EventType.COMPLAINT, 1, 8).channel("chat"));
        }
        if (chance.happens(isPoor ? REFUND_OF_POOR : REFUND)) {
            addInTime(events, refund(visitor, purchase));
        }
    }

    private Event refund(Visitor visitor, Event purchase) {
        Chance chance = visitor.chance;
        double kind = chance.uniform();
        Event refund = later(visitor, purchase, EventType.REFUND, 1, 10)
                .bought(
                        kind < REFUND_WITH_ORDER ? purchase.order : "",
                        chance.happens(REFUND_OF_ALL_PIECES) ? purchase.quantity : 1,
                        purchase.cents)
                .channel("mini_program");
        if (kind >= 1 - REFUND_OF_OTHER_ORDER) {
            // The product was bought elsewhere, so the refund matches no purchase.
            refund.order = "x" + visitor.nextOrder();
            refund.product(catalogue.draw(chance, visitor.portrait, chance.below(PlantedCategory.ALL.size()), 0));
        }
        return refund;
    }

    private static Event later(Visitor visitor, Event purchase, EventType type, double minDays, double maxDays) {
        long moment = purchase.moment + (long) (Behaviour.DAY * visitor.chance.between(minDays, maxDays));
        return new Event(moment, visitor.user, type).product(purchase.product);
    }

    private void addInTime(List<Event> events, Event event) {
        if (event.moment < end) {
            events.add(event);
        }
    }
}
