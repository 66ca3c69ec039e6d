package koc.rules;

import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Who is a KOC: the owner of a pool that is large enough for the owner's type. */
public final class KocEligibility {
    private KocEligibility() {}

    /**
     * Members a pool needs before its owner is a KOC. Employees and guides work for the brand and need one; external
     * KOCs and users need {@code minPool}.
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
     * Whether the owner of a pool is a KOC. With 10: a guide with one member is, an external KOC with 9 members is not.
     *
     * <p>Being revoked ({@link KocLevels#isRevoked}) is another question: a revoked KOC is still listed, but gets no
     * recommendations.
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
