package koc.sample;

/**
 * The brand whose history is generated: everything that is fixed before any user acts.
 *
 * @param options sizes, days and seed
 * @param catalogue the products
 * @param population the users
 * @param choice which products users choose
 * @param pools the KOCs and their ties
 * @param plan what the KOCs share and when
 */
record SyntheticBrand(
        GeneratorOptions options,
        Catalogue catalogue,
        Population population,
        ProductChoice choice,
        Pools pools,
        SharingPlan plan) {
    static SyntheticBrand create(GeneratorOptions options) {
        Catalogue catalogue = Catalogue.of(options);
        Population population = Population.of(options, catalogue);
        ProductChoice choice = ProductChoice.of(options, catalogue, population);
        Pools pools = Pools.of(options, population);
        return new SyntheticBrand(
                options, catalogue, population, choice, pools, SharingPlan.of(options, choice, population, pools));
    }
}
