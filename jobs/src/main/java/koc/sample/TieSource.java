package koc.sample;

import java.util.List;

/** Writes the ties, with bad rows among them. */
final class TieSource {
    private final SyntheticBrand brand;
    private final GeneratorOptions options;
    private final Truth truth;
    private final Ids ids;

    TieSource(SyntheticBrand brand, Truth truth) {
        this.brand = brand;
        this.options = brand.options();
        this.truth = truth;
        this.ids = new Ids(options);
    }

    void write(SourceWriter writer, Fakes fakes) {
        Pools pools = brand.pools();
        DirtyWriter rows = new DirtyWriter(
                        writer,
                        truth,
                        options.dirt(),
                        Flaw.MISSING_FIELD,
                        Flaw.BAD_TYPE,
                        Flaw.MALFORMED,
                        Flaw.DUPLICATE)
                .required("koc_id")
                .marker("scene")
                .mistyped("tie_type", "cousin");
        for (int tie = 0; tie < pools.ties(); tie++) {
            int koc = pools.tieKoc(tie);
            String type = pools.tieType(tie);
            writeTie(rows, tie, type, type.equals("group") ? ids.group(koc) : "");
            if (pools.isAlsoInGroup(tie)) {
                writeTie(rows, tie, "group", ids.group(koc));
            }
        }
        for (Fakes.Tie tie : fakes.ties()) {
            writer.write(
                    0,
                    List.of(tie.koc(), tie.user(), tie.type(), options.date(0).toString(), "", "", "community"));
        }
    }

    private void writeTie(DirtyWriter rows, int tie, String type, String group) {
        Pools pools = brand.pools();
        int until = pools.until(tie);
        List<String> row = List.of(
                ids.user(brand.population().kocUser(pools.tieKoc(tie))),
                ids.user(pools.tieUser(tie)),
                type,
                options.date(pools.since(tie)).toString(),
                "",
                group,
                pools.scene(tie));
        int since = Math.max(0, pools.since(tie));
        if (until == Pools.OPEN) {
            rows.write(since, row);
            return;
        }
        List<String> closed = Source.TIES.with(row, "until", options.date(until).toString());
        if (options.layout() == GeneratorOptions.Layout.ARRIVED) {
            // On the first day the end of a tie is unknown. It arrives later, and the last arrival of a key counts.
            rows.write(since, row);
            rows.write(until, closed);
        } else {
            rows.write(since, closed);
        }
    }
}
