package koc.recommend;

/** What happens to a recommendation that the KOC is not ready for. */
public enum NotReady {
    /** It keeps its rank, and the row says that the KOC is not ready. */
    MARK,
    /** It is also ranked after the ready products that the caps allow. */
    RANK_AFTER,
    /** It is left out. */
    EXCLUDE
}
