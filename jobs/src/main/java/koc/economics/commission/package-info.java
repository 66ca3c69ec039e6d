/**
 * What does the brand owe to whom? Keeps the ledger of commissions, divides the bonus fund of the teams, grants
 * rewards, and sets the bars of the monthly competition.
 *
 * <p>Tables in: events, refunds, users, products, user_product_days, purchase_credits, koc_ranking, level_events, and
 * its own tables of earlier runs. Tables out: those of {@link koc.tables.CommissionTables}.
 */
@NullMarked
package koc.economics.commission;

import org.jspecify.annotations.NullMarked;
