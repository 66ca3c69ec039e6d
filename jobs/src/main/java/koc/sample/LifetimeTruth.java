package koc.sample;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The planted lifetimes as files of the truth: parameters, customers, and what KOCs cost and brought. */
final class LifetimeTruth {
    private final SyntheticBrand brand;
    private final Lifetimes lifetimes;
    private final Ids ids;

    LifetimeTruth(SyntheticBrand brand) {
        this.brand = brand;
        this.lifetimes = new Lifetimes(brand);
        this.ids = new Ids(brand.options());
    }

    /** Writes lifetime_parameters.csv, customers.csv and koc_value.csv. */
    void write(Truth truth) throws IOException {
        try (Truth.Rows rows = truth.rows("lifetime_parameters.csv", "portrait,r,alpha,a,b,p,q,v")) {
            for (int portrait = 0; portrait < PlantedPortrait.ALL.size(); portrait++) {
                PlantedLifetime planted = PlantedLifetime.ALL.get(portrait);
                rows.add(List.of(
                        PlantedPortrait.ALL.get(portrait).name(),
                        String.valueOf(planted.r()),
                        String.valueOf(planted.alpha()),
                        String.valueOf(planted.a()),
                        String.valueOf(planted.b()),
                        String.valueOf(planted.p()),
                        String.valueOf(planted.q()),
                        String.valueOf(planted.v())));
            }
        }
        int kocs = brand.population().kocs();
        long[] customers = new long[kocs];
        double[] values = new double[kocs];
        long[] invitees = new long[kocs];
        writeCustomers(truth, customers, values, invitees);
        try (Truth.Rows rows =
                truth.rows("koc_value.csv", "koc_id,new_customers,customer_value,cost,cac,ltv_to_cac,invitees")) {
            for (int koc = 0; koc < kocs; koc++) {
                long cents = lifetimes.costs(koc).stream()
                        .mapToLong(Lifetimes.Cost::cents)
                        .sum();
                rows.add(List.of(
                        ids.user(brand.population().kocUser(koc)),
                        String.valueOf(customers[koc]),
                        number(values[koc]),
                        Money.text(cents),
                        customers[koc] == 0 ? "" : number(cents / 100.0 / customers[koc]),
                        customers[koc] == 0 ? "" : number(values[koc] * 100 / cents),
                        String.valueOf(invitees[koc])));
            }
        }
    }

    /** Writes the customers, and sums by KOC: new customers of the window, their value, and all invited users. */
    private void writeCustomers(Truth truth, long[] customers, double[] values, long[] invitees) throws IOException {
        Population population = brand.population();
        GeneratorOptions options = brand.options();
        int firstDay = options.days() - Lifetimes.WINDOW_DAYS;
        try (Truth.Rows rows = truth.rows(
                "customers.csv",
                "user_id,portrait,first_order_on,is_left_censored,koc_id,is_invited,orders,margin_to_date,weekly_rate,"
                        + "stop_probability,mean_margin,is_alive,ltv")) {
            for (int user = 0; user < population.size(); user++) {
                Lifetime lifetime = lifetimes.of(user);
                int koc = lifetime.koc();
                if (koc >= 0) {
                    invitees[koc] += lifetime.isInvited() ? 1 : 0;
                }
                if (!lifetime.isCustomer()) {
                    continue;
                }
                boolean isLeftCensored = population.startDay(user) == 0;
                double value = lifetime.value();
                if (koc >= 0 && !isLeftCensored && lifetime.firstDay() >= firstDay) {
                    customers[koc]++;
                    values[koc] += value + lifetime.centsToDate() / 100.0;
                }
                rows.add(List.of(
                        ids.user(user),
                        population.planted(user).name(),
                        options.date(lifetime.firstDay()).toString(),
                        String.valueOf(isLeftCensored),
                        koc < 0 ? "" : ids.user(population.kocUser(koc)),
                        String.valueOf(lifetime.isInvited()),
                        String.valueOf(lifetime.days()),
                        Money.text(lifetime.centsToDate()),
                        String.format(Locale.ROOT, "%.6f", lifetime.weeklyRate()),
                        String.format(Locale.ROOT, "%.6f", lifetime.stopProbability()),
                        number(lifetime.meanMargin()),
                        String.valueOf(lifetime.isAlive()),
                        number(value)));
            }
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
