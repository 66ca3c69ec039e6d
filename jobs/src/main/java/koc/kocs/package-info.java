/**
 * Which KOCs move most people to buy, and which level does each of them have?
 *
 * <p>Reads events, users, products, what the jobs features, fit and influence wrote, koc_ranking of the previous run,
 * and koc_lifecycle of all earlier days. Writes koc_ranking, koc_lifecycle and level_events.
 *
 * <p>{@link koc.kocs.KocsJob} gathers features ({@link koc.kocs.features.KocFeatures}, one class for each kind of
 * evidence), moves KOCs between levels ({@link koc.kocs.levels.LevelMovement}), scores them ({@link
 * koc.kocs.score.KocScoring}) and explains the result ({@link koc.kocs.score.KocExplanations}).
 */
@NullMarked
package koc.kocs;

import org.jspecify.annotations.NullMarked;
