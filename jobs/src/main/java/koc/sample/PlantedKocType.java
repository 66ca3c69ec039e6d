package koc.sample;

import java.util.List;

/**
 * A planted type of KOC, which decides their ties and the size of their pool.
 *
 * @param role role in users
 * @param kocFraction fraction of KOCs
 * @param medianPool median of the pool sizes
 * @param tieTypes types of ties; a type that is listed twice is twice as likely
 * @param scenes scenes in which the ties were made
 */
record PlantedKocType(String role, double kocFraction, double medianPool, List<String> tieTypes, List<String> scenes) {
    static final List<PlantedKocType> ALL = List.of(
            new PlantedKocType("employee", .15, 24, List.of("friend"), List.of("community", "pre_sale", "coupon")),
            new PlantedKocType(
                    "guide",
                    .2,
                    45,
                    List.of("served", "served", "served", "friend"),
                    List.of("pre_sale", "after_sale", "order")),
            new PlantedKocType(
                    "external",
                    .15,
                    30,
                    List.of("follow", "follow", "friend", "group"),
                    List.of("community", "coupon")),
            new PlantedKocType(
                    "consumer", .5, 22, List.of("friend", "friend", "group"), List.of("community", "coupon", "order")));
}
