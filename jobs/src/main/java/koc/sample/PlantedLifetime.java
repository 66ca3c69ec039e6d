package koc.sample;

import java.util.List;

/**
 * How often the users of a portrait order, when they stop, and how much an order earns, if lifetimes are planted. Orders
 * follow the BG/NBD model (Fader, Hardie and Lee 2005) exactly, and margins the Gamma-Gamma model (Fader and Hardie 2013).
 *
 * @param r shape of the rates of ordering
 * @param alpha rate parameter of the rates of ordering, in weeks
 * @param a first parameter of the probabilities to stop after an order
 * @param b second parameter of these
 * @param p shape of the margins of one user's orders
 * @param q shape of the rates of these margins
 * @param v rate parameter of these, in money
 */
record PlantedLifetime(double r, double alpha, double a, double b, double p, double q, double v) {
    /** By the number of the portrait in {@link PlantedPortrait#ALL}. */
    static final List<PlantedLifetime> ALL = List.of(
            new PlantedLifetime(1.2, 6, .6, 4, 5, 4, 18),
            new PlantedLifetime(.9, 7, .5, 3, 6, 4, 20),
            new PlantedLifetime(1.0, 5, .8, 4, 4, 4.5, 30),
            new PlantedLifetime(.6, 6, .7, 3, 6, 4, 15),
            new PlantedLifetime(1.1, 8, .5, 3.5, 5, 4, 25),
            new PlantedLifetime(1.3, 7, .4, 4, 5, 5, 20),
            new PlantedLifetime(.8, 5, .6, 3, 4, 4, 24),
            new PlantedLifetime(1.5, 6, .9, 6, 6, 4, 10));
}
