package koc.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the users, with bad rows among them. */
final class UserSource {
    private static final String[] NICKNAMES = {
        "小雨", "Lily", "阿明", "Grace", "豆豆妈", "老王", "Summer", "静静", "Leo", "米粒", "Coco", "大海"
    };
    private static final String[] TAGS = {"live viewer", "coupon hunter", "event guest", "member", "store visitor"};
    private static final String[] SOURCES = {"store", "live", "ad", "mini_program", "event"};

    private final SyntheticBrand brand;
    private final GeneratorOptions options;
    private final Truth truth;
    private final Ids ids;
    private final Lifetimes lifetimes;

    UserSource(SyntheticBrand brand, Truth truth) {
        this.brand = brand;
        this.options = brand.options();
        this.truth = truth;
        this.ids = new Ids(options);
        this.lifetimes = new Lifetimes(brand);
    }

    void write(SourceWriter writer, Fakes fakes) {
        DirtyWriter rows = new DirtyWriter(
                        writer, truth, options.dirt(), Flaw.MISSING_FIELD, Flaw.MALFORMED, Flaw.DUPLICATE)
                .required("user_id")
                .marker("nickname");
        for (int user = 0; user < brand.population().size(); user++) {
            writeUser(rows, user);
        }
        fakes.roles().forEach((id, role) -> {
            List<String> row =
                    new ArrayList<>(Collections.nCopies(Source.USERS.columns().size(), ""));
            row.set(Source.USERS.index("user_id"), id);
            row.set(Source.USERS.index("role"), role);
            row.set(Source.USERS.index("registered_at"), options.date(-1) + "T12:00:00");
            row.set(Source.USERS.index("marketing_opt_out"), "false");
            writer.write(0, row);
        });
    }

    private void writeUser(DirtyWriter rows, int user) {
        Population population = brand.population();
        Chance chance = Chance.of(options.seed(), Roles.USER, user);
        PlantedPortrait planted = population.planted(user);
        Region region = population.region(user);
        int koc = population.kocNumber(user);
        String role = koc < 0 ? "consumer" : brand.pools().type(koc).role();
        boolean isStaff = role.equals("employee") || role.equals("guide");
        int start = population.startDay(user);
        int registered = start == 0 ? -chance.whole(1, 900) : start;
        int birthYear = planted.bornAround() + (int) Math.round(3.5 * chance.normal());
        boolean isFemale = chance.happens(planted.female());
        String inviter = findInviter(user);
        String store = "s" + (population.regionNumber(user) + 1);
        rows.write(
                Math.max(0, registered),
                List.of(
                        ids.user(user),
                        role.equals("consumer") && chance.happens(.3) ? "" : role,
                        options.date(registered) + "T" + chance.whole(10, 21) + ":" + chance.whole(10, 59) + ":00",
                        region.province(),
                        region.city(),
                        region.county(),
                        isStaff ? "t" + (koc % 6 + 1) : "",
                        isStaff || chance.happens(.4) ? store : "",
                        chance.happens(.9) ? chance.oneOf(NICKNAMES) + chance.whole(1, 999) : "",
                        chance.happens(koc >= 0 ? .8 : .3) ? "https://img.example/" + ids.user(user) + ".png" : "",
                        koc >= 0 && chance.happens(.7) ? "Hello, I try everything before I share it" : "",
                        chance.happens(.85) ? isFemale ? "female" : "male" : "",
                        chance.happens(.75) ? String.valueOf(Math.min(birthYear, 2008)) : "",
                        chance.happens(.8) ? planted.lifeStage() : "",
                        chance.happens(.4) ? drawTags(chance) : "",
                        inviter.isEmpty() && chance.happens(.7) ? chance.oneOf(SOURCES) : inviter,
                        chance.happens(.03) ? "true" : "false"));
    }

    private static String drawTags(Chance chance) {
        String first = chance.oneOf(TAGS);
        String second = chance.oneOf(TAGS);
        return chance.happens(.5) || first.equals(second) ? first : first + ";" + second;
    }

    /**
     * The first KOC whose tie with the user began in the user's first 20 days; with planted lifetimes, the KOC of the
     * lifetime. Empty if there is none.
     */
    private String findInviter(int user) {
        if (options.plants().lifetimes()) {
            Lifetime lifetime = lifetimes.of(user);
            return lifetime.isInvited() ? "koc:" + ids.user(brand.population().kocUser(lifetime.koc())) : "";
        }
        Population population = brand.population();
        Pools pools = brand.pools();
        for (int index = pools.firstTieIndex(user); index < pools.firstTieIndex(user + 1); index++) {
            int tie = pools.tieAt(index);
            int start = population.startDay(user);
            if (start > 0 && pools.since(tie) <= start + 20) {
                return "koc:" + ids.user(population.kocUser(pools.tieKoc(tie)));
            }
        }
        return "";
    }
}
