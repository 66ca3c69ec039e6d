package koc.growth.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import koc.growth.Engagement;
import koc.growth.GrowthKocs;
import koc.growth.GrowthReportTest;
import koc.growth.GrowthSettings;
import koc.growth.GrowthUsers;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class AcquisitionLeadsTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final String NO_EVENTS = "event_id | user_id";
    private static final String NO_TIES = "koc_id | user_id";
    private static final String NO_CATEGORIES = "user_id | category | attention_fraction";

    @Test
    void theSceneIsTheFirstOfTheConfiguredOnesThatApplies() {
        Dataset<Row> candidates = candidates("""
                user_id | county | role     | marketing_opt_out
                asked   | J      | consumer | false
                fresh   | J      | consumer | false
                thrifty | J      | consumer | false
                old     | J      | consumer | false
                silent  | J      | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | discount_rate | is_likely_automated
                asked   | 2             | 0          | 1           | 100          | .5             | false
                fresh   | 2             | 1          | 1           | 30           | .5             | false
                thrifty | 0             | 1          | 1           | 31           | .15            | false
                old     | 0             | 0          | 1           | 31           | .14            | false
                silent  | 0             | 0          | 0           |              |                | false
                """, NO_CATEGORIES);

        assertThat(candidates.orderBy("user_id").select("user_id", "scene").collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[asked,pre_sale]", "[fresh,after_sale]", "[old,order]", "[silent,null]", "[thrifty,coupon]");
    }

    @Test
    void usersWhoOptedOutStaffAndAutomatedAccountsAreNoLeads() {
        Dataset<Row> leads = leads(candidates("""
                user_id | county | role     | marketing_opt_out
                fine    | J      | consumer | false
                out     | J      | consumer | true
                guide   | J      | guide    | false
                robot   | J      | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated
                fine    | 0             | 1          | 1           | 3            | false
                out     | 0             | 1          | 1           | 3            | false
                guide   | 0             | 1          | 1           | 3            | false
                robot   | 0             | 1          | 1           | 3            | true
                """, NO_CATEGORIES), "k", """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-20 | out     | inquiry    | k
                """, NO_TIES);

        assertThat(ids(leads)).containsExactly("[k,1,fine,after_sale,county]");
        assertThat(leads.head().<String>getAs("reason"))
                .isEqualTo("Bought 3 days ago: ask how they like it. No KOC yet; lives in J.");
    }

    @Test
    void aLeadSaysHowManyDaysTheRecordsCover() {
        Dataset<Row> leads = leads(candidates("""
                user_id | county | role     | marketing_opt_out
                fine    | J      | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated | history_days
                fine    | 0             | 1          | 1           | 3            | false               | 120
                """, NO_CATEGORIES), "k", NO_EVENTS, NO_TIES);

        assertThat(leads.head().<Integer>getAs("history_days")).isEqualTo(120);
    }

    @Test
    void usersWithAPresentOrPastTieOrWhoMutedTheKocAreNoLeads() {
        String users = "user_id | county | role | marketing_opt_out";
        String features = "user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated";
        for (String id : List.of("new", "tied", "left", "muted", "inferred")) {
            users += "\n" + id + " | J | consumer | false";
            features += "\n" + id + " | 0 | 1 | 1 | 3 | false";
        }

        Dataset<Row> leads =
                leads(candidates(users, features, NO_CATEGORIES), "k", """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-20 | left    | leave      | k
                2        | 2024-06-20 | muted   | mute       | k
                3        | 2024-06-19 | muted   | click      | k
                """, "koc_id | user_id\nk | tied\nk | inferred");

        assertThat(ids(leads)).containsExactly("[k,1,new,after_sale,county]");
    }

    @Test
    void usersWhoEngagedComeFirstAndStoresBeforeCounties() {
        Dataset<Row> leads = leads(
                candidates("""
                user_id | county | store_id | role     | marketing_opt_out
                mine    | X      |          | consumer | false
                shop    | X      | s1       | consumer | false
                liking  | J      |          | consumer | false
                near    | J      |          | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | net_spend_365d | is_likely_automated
                mine    | 0             | 0          | 1           | 200          | 10             | false
                shop    | 0             | 1          | 1           | 3            | 20             | false
                liking  | 0             | 0          | 0           |              |                | false
                near    | 0             | 1          | 1           | 3            | 5              | false
                """, "user_id | category | attention_fraction\nliking | tea | .8\nnear | tea | .2"),
                "k",
                """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-20 | mine    | share_open | k
                """,
                NO_TIES);

        assertThat(ids(leads))
                .containsExactly(
                        "[k,1,mine,order,engagement]",
                        "[k,2,shop,after_sale,store]",
                        "[k,3,near,after_sale,county]",
                        "[k,4,liking,similar_group,category]");
        assertThat(leads.orderBy("rank").select("reason").collectAsList())
                .extracting(row -> row.getString(0))
                .contains(
                        "Last bought 200 days ago: show them something new. No KOC yet; asked this KOC or opened their"
                                + " shares.",
                        "Prefers tea, as the KOC does: invite them to the group. No KOC yet; lives in J.");
    }

    @Test
    void leadsGoToTheKocsOfTheCountyInTurnUpToTheMaximum() {
        String users = "user_id | county | role | marketing_opt_out";
        String features =
                "user_id | inquiries_90d | orders_90d | orders_365d | recency_days | net_spend_365d | is_likely_automated";
        for (int i = 1; i <= 6; i++) {
            users += "\nu" + i + " | J | consumer | false";
            features += "\nu" + i + " | 0 | 1 | 1 | 3 | " + (100 - i) + " | false";
        }

        Dataset<Row> leads = leads(
                candidates(users, features, NO_CATEGORIES),
                "k,m",
                NO_EVENTS,
                NO_TIES,
                "koc.growth.leads.max-per-koc=2",
                "koc.growth.leads.min-per-koc=2");

        assertThat(ids(leads))
                .containsExactly(
                        "[k,1,u1,after_sale,county]",
                        "[k,2,u3,after_sale,county]",
                        "[m,1,u2,after_sale,county]",
                        "[m,2,u4,after_sale,county]");
    }

    @Test
    void theNumberOfLeadsFollowsTheScoreAndTheRoomInThePool() {
        Dataset<Row> recruiters = LeadCapacity.measure(
                rows(GrowthKocs.KOCS, """
                koc_id  | score | pool_size | is_ready
                first   | .9    | 10        | true
                second  | .8    | 10        | true
                crowded | .7    | 493       | true
                last    |       | 10        | true
                full    | .75   | 500       | true
                unready | 1     | 10        | false
                """), GrowthSettings.from(config()).leads());

        assertThat(text(recruiters.orderBy(functions.desc("max_leads")).select("koc_id", "max_leads")))
                .containsExactly("[first,20]", "[second,16]", "[crowded,7]", "[last,5]");
    }

    @Test
    void aKocWithMoreRoomGetsMoreOfTheUsersOfTheCounty() {
        String users = "user_id | county | role | marketing_opt_out";
        String features = "user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated";
        for (int i = 1; i <= 8; i++) {
            users += "\nu" + i + " | J | consumer | false";
            features += "\nu" + i + " | 0 | 1 | 1 | 3 | false";
        }

        Dataset<Row> leads = leads(
                candidates(users, features, NO_CATEGORIES),
                "k,m",
                NO_EVENTS,
                NO_TIES,
                "koc.growth.leads.max-per-koc=6",
                "koc.growth.leads.min-per-koc=2");

        assertThat(text(leads.groupBy("koc_id").count().orderBy("koc_id"))).containsExactly("[k,6]", "[m,2]");
    }

    @Test
    void usersWithoutAKocComeFirstThenThoseOfTheMainPortraitOfThePool() {
        Dataset<Row> leads = leads(candidates("""
                user_id | county | role     | marketing_opt_out
                tied    | J      | consumer | false
                other   | J      | consumer | false
                alike   | J      | consumer | false
                distant | X      | consumer | false
                rich    | X      | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | net_spend_365d | is_likely_automated
                tied    | 0             | 1          | 1           | 3            | 90             | false
                other   | 0             | 1          | 1           | 3            | 50             | false
                alike   | 0             | 1          | 1           | 3            | 1              | false
                distant | 0             | 1          | 1           | 3            | 1              | false
                rich    | 0             | 1          | 1           | 3            | 99             | false
                """, NO_CATEGORIES), "k", """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-20 | k       | reply      | tied
                """, NO_TIES);

        assertThat(text(leads.orderBy("rank").select("user_id", "kocs", "is_main_portrait", "found_by")))
                .containsExactly(
                        "[alike,0,true,county_portrait]",
                        "[distant,0,true,portrait]",
                        "[other,0,false,county]",
                        "[tied,1,false,engagement]");
        assertThat(leads.where("user_id = 'tied'").head().<String>getAs("reason"))
                .endsWith(" In the pool of 1 KOC; asked this KOC or opened their shares.");
    }

    @Test
    void theOneWhoAnsweredIsNoLeadOfTheOneWhoAskedAndKocsAreNoLeads() {
        Dataset<Row> candidates = candidates("""
                user_id | county | role     | marketing_opt_out
                asker   | X      | consumer | false
                koc     | J      | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated
                asker   | 0             | 1          | 1           | 3            | false
                koc     | 0             | 1          | 1           | 3            | false
                """, NO_CATEGORIES);

        assertThat(text(candidates.select("user_id"))).containsExactly("[asker]");
        assertThat(ids(leads(candidates, "k", """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-20 | k       | reply      | asker
                2        | 2024-06-20 | asker   | reply      | m
                """, NO_TIES))).containsExactly("[k,1,asker,after_sale,engagement]");
    }

    @Test
    void aUserIsALeadOfNoMoreKocsThanConfigured() {
        Dataset<Row> leads =
                leads(candidates("""
                user_id | county | store_id | role     | marketing_opt_out
                alike   | J      | s1       | consumer | false
                """, """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated
                alike   | 0             | 1          | 1           | 3            | false
                """, NO_CATEGORIES), "k,m", """
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-20 | alike   | click      | m
                """, NO_TIES, "koc.growth.leads.max-kocs-per-user=1");

        assertThat(ids(leads)).containsExactly("[m,1,alike,after_sale,engagement]");
    }

    @Test
    void scenesHaveTheConfiguredOrder() {
        String reversed = "koc.growth.leads.scenes=[order, coupon, similar_group, after_sale, pre_sale]";
        String users = """
                user_id | county | role     | marketing_opt_out
                all     | J      | consumer | false
                saver   | J      | consumer | false
                asked   | J      | consumer | false
                """;
        String features = """
                user_id | inquiries_90d | orders_90d | orders_365d | recency_days | discount_rate | is_likely_automated
                all     | 0             | 1          | 1           | 3            | .5            | false
                saver   | 0             | 0          | 0           |              | .5            | false
                asked   | 1             | 0          | 0           |              | 0             | false
                """;

        Dataset<Row> leads =
                leads(candidates(users, features, NO_CATEGORIES, reversed), "k", NO_EVENTS, NO_TIES, reversed);

        assertThat(ids(leads))
                .containsExactly("[k,1,all,order,county]", "[k,2,saver,coupon,county]", "[k,3,asked,pre_sale,county]");
        assertThat(ids(leads(candidates(users, features, NO_CATEGORIES), "k", NO_EVENTS, NO_TIES)))
                .containsExactly(
                        "[k,1,asked,pre_sale,county]", "[k,2,all,after_sale,county]", "[k,3,saver,coupon,county]");
    }

    @Test
    void aSceneThatIsNotConfiguredIsNotUsed() {
        Dataset<Row> candidates = candidates(
                "user_id | county | role | marketing_opt_out\na | J | consumer | false",
                "user_id | inquiries_90d | orders_90d | orders_365d | recency_days | is_likely_automated\n"
                        + "a | 0 | 1 | 1 | 3 | false",
                NO_CATEGORIES,
                "koc.growth.leads.scenes=[order]");

        assertThat(candidates.head().<String>getAs("scene")).isEqualTo("order");
    }

    private static Dataset<Row> candidates(String users, String features, String categories, String... settings) {
        return new AcquisitionLeads(GrowthSettings.from(config(settings)), DAY)
                .selectCandidates(
                        GrowthUsers.describe(
                                rows(CleanTables.USERS, users), rows(FeatureTables.USER_CATEGORIES, categories)),
                        rows(FeatureTables.USER_FEATURES, features),
                        rows(PortraitTables.USER_PORTRAITS, """
                        user_id | portrait_id | portrait_name
                        alike   | p1          | Sporty
                        distant | p1          | Sporty
                        other   | p2          | Beauty
                        rich    | newcomers   | Newcomers
                        """),
                        rows(InfluenceTables.TIE_STRENGTHS, """
                        koc_id  | user_id
                        koc     | tied
                        revoked | other
                        """),
                        rows(GrowthKocs.KOCS, """
                        koc_id  | is_revoked
                        koc     | false
                        revoked | true
                        """));
    }

    /**
     * Leads of these guides, who work in store s1 in county J, share tea, and have pools of portrait p1; the first has
     * the best score.
     */
    private static Dataset<Row> leads(
            Dataset<Row> candidates, String guides, String events, String ties, String... settings) {
        String kocs = """
                koc_id  | koc_type | score | is_ready | store_id | main_category | pool_size | main_portrait_id
                unready | guide    | 99    | false    | s1       | tea           | 10        | p1""";
        double score = 1;
        for (String guide : guides.split(",", -1)) {
            kocs += "\n" + guide + " | guide | " + score + " | true | s1 | tea | 10 | p1";
            score /= 2;
        }
        Dataset<Row> engagement = Engagement.count(
                rows(CleanTables.EVENTS, events).withColumn("arrived", functions.lit(DAY)), DAY.minusDays(89), DAY);
        Dataset<Row> excludedPairs = rows(InfluenceTables.TIE_STRENGTHS, ties)
                .select("koc_id", "user_id")
                .unionByName(engagement
                        .where("left_on IS NOT NULL OR muted_on IS NOT NULL")
                        .select("koc_id", "user_id"));
        return new AcquisitionLeads(GrowthSettings.from(config(settings)), DAY)
                .select(
                        candidates,
                        // Not in the text table, whose cells are trimmed.
                        rows(GrowthKocs.KOCS, kocs).withColumn("region", functions.lit(" /  / J")),
                        engagement,
                        excludedPairs);
    }

    private static List<String> ids(Dataset<Row> leads) {
        return leads
                .orderBy("koc_id", "rank")
                .select("koc_id", "rank", "user_id", "scene", "found_by")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
