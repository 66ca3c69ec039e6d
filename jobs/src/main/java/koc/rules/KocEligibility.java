package koc.rules;

import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides who is a KOC: the owner of a pool that is large enough for their type, whose account does not seem to be used
 * by several people.
 */
public final class KocEligibility {
    private KocEligibility() {}

    /**
     * Leaves out the rows of likely joint accounts, such as that of a shop counter: no KOC, whatever their pool. Keeps
     * the grain.
     *
     * @param rows need koc_id
     * @param userFeatures user_features as of the day
     */
    public static Dataset<Row> withoutJointAccounts(Dataset<Row> rows, Dataset<Row> userFeatures) {
        return Persons.removeJointAccounts(rows, "koc_id", userFeatures);
    }

    /**
     * The smallest pool size of a KOC: 1 for employees and guides, who work for the brand; {@code minPool} for others.
     *
     * @param minPool {@code koc.recommend.min-pool}, by default 10
     */
    public static int requiredMembers(KocType type, int minPool) {
        return switch (type) {
            case EMPLOYEE, GUIDE -> 1;
            case EXTERNAL, USER -> minPool;
        };
    }

    /**
     * Whether the owner of a pool is a KOC. Example with 10: a guide with one member is a KOC, an external person with 9
     * members is not.
     *
     * <p>A revoked KOC ({@link KocLevels#isRevoked}) is still a KOC. They stay in the ranking, but get no recommendations.
     *
     * @param kocType as {@link KocType#fromRole} returns it
     * @param poolSize members with an open tie
     * @param minPool {@code koc.recommend.min-pool}
     */
    public static Column isKoc(Column kocType, Column poolSize, int minPool) {
        return when(KocType.isStaff(kocType), poolSize.geq(requiredMembers(KocType.GUIDE, minPool)))
                .otherwise(poolSize.geq(requiredMembers(KocType.USER, minPool)));
    }
}
