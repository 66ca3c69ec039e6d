package koc.sample;

import java.util.List;

/**
 * What kind of KOC someone is, and so which ties they have and how large their pool is.
 *
 * @param role role in users
 * @param kocFraction fraction of KOCs
 * @param medianPool middle of the pool sizes
 * @param tieTypes kinds of ties, each as likely as often as it stands here
 * @param scenes where the ties came about
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
