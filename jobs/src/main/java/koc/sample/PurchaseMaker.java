package koc.sample;

/** Draws the quantity, price and order of purchases. */
final class PurchaseMaker {
    /** Chance of two or three pieces of a consumable. */
    private static final double SEVERAL_PIECES = .25;
    /** A discount is 2 to 7 of these steps. */
    private static final double DISCOUNT_STEP = .05;
    /** Fraction of purchases without an order number. */
    private static final double WITHOUT_ORDER = .01;

    private final Catalogue catalogue;

    PurchaseMaker(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Completes a purchase that has a user, a moment and a product.
     *
     * @param order the order number, which a few purchases do not get
     * @param isPromotion whether the purchase is on a day of promotion, when all prices are reduced
     */
    Event complete(Event purchase, Chance chance, int portrait, String order, boolean isPromotion) {
        PlantedPortrait planted = PlantedPortrait.ALL.get(portrait);
        PlantedCategory category = catalogue.category(purchase.product);
        int quantity = category.cycleDays() > 0 && chance.happens(SEVERAL_PIECES) ? chance.whole(2, 3) : 1;
        double price = catalogue.cents(purchase.product);
        if (isPromotion || chance.happens(planted.discountUse())) {
            price *= 1 - DISCOUNT_STEP * chance.whole(2, 7);
        }
        return purchase.bought(chance.happens(WITHOUT_ORDER) ? "" : order, quantity, Math.max(1, Math.round(price)));
    }
}
