package koc.recommend;

/** What happens to a recommendation that the KOC is not ready for. {@code Readiness} judges whether they are. */
public enum NotReadyPolicy {
    /** It keeps its rank, and the row says that the KOC is not ready. */
    MARK,
    /** The row says so, and it is ranked after the ready products that the caps allow. */
    RANK_AFTER,
    /** It is left out. */
    EXCLUDE
}
