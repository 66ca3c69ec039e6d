/**
 * Which products should each KOC recommend next, and to which portraits of their pool?
 *
 * <p>The stages, roughly in the order of the data flow:
 *
 * <ul>
 *   <li><b>inputs</b>: {@code RecommendInputs}, {@code RecommendSettings}, {@code RerankSettings},
 *       {@code NotReadyPolicy}, {@code PortraitIndex}, {@code TargetEvent}
 *   <li><b>split</b> history into a past and a holdout: {@code HoldoutSplit}, {@code Ownership},
 *       {@code UserActivity}, {@code UserState}
 *   <li><b>pools</b>: {@code TrafficPools}, {@code KocInfluence}
 *   <li><b>products</b>, the candidate generation: {@code Offers}, {@code PortraitRates},
 *       {@code ColdStart}, {@code Launches}, {@code Campaigns}, {@code OwnUse}, {@code RecentPopularity},
 *       {@code PoolShortlist}
 *   <li><b>features</b> as of a day: {@code SnapshotBuilder}, {@code SnapshotInputs}, {@code FeatureSnapshot},
 *       {@code CandidateFeatures}, {@code Part}, {@code CategoryAffinity}
 *   <li><b>model</b> of expected buyers: {@code TrainingData}, {@code BuyerModelTrainer}, {@code HoldoutExamples},
 *       {@code BuyerModel}, {@code SimpleRecommender}, {@code Stack}, {@code RecommenderSelection},
 *       {@code ListQuality}, {@code TrainedModel}, {@code ItemModel}, {@code ItemScores}, {@code LongTail},
 *       {@code ActivityFactors}
 *   <li><b>rank</b>: {@code Ranker}, with {@code Scoring}, {@code Readiness}, {@code OverlapPenalty},
 *       {@code Reranker}, {@code GreedyReranker} and {@code RankedLists}; {@code SharingEffect}
 *   <li><b>explain</b>: {@code Explanations}, {@code ShareCaveats}, {@code NextProduct}, {@code ReasonText},
 *       {@code NextAction}
 *   <li><b>baselines</b> for backtests: {@code Baselines}, {@code RuleAblations}
 * </ul>
 *
 * <p>Reads {@code tie_strengths}, {@code koc_influence}, {@code koc_ranking}, {@code users}, {@code user_features},
 * {@code campaigns}, {@code user_product_days}, {@code user_category_days}, {@code portraits}, {@code user_portraits},
 * {@code holdout_portraits}, {@code product_groups}, {@code product_portrait_fit}, {@code product_profile}, and {@code
 * koc_recommendations} of the previous run. Writes {@code koc_pool_mix}, {@code buyer_model}, {@code
 * koc_recommendations} and {@code baseline_recommendations}.
 *
 * <p>docs/models/buyer-model.md explains the model, with a worked example.
 */
@NullMarked
package koc.recommend;

import org.jspecify.annotations.NullMarked;
