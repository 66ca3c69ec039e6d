package koc.config;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** All settings records together, against all keys and comments of conf/reference.conf. */
class SettingsTest {
    /** Every key with its default and another value that is allowed. */
    private static final String KEYS = """
            koc.backtest.calibration-target.decile             | 0.25                                                 | 0.35
            koc.backtest.calibration-target.overall            | 0.1                                                  | 0.2
            koc.backtest.cutoffs                               | 1                                                    | 2
            koc.backtest.koc-cutoffs                           | 500                                                  | 502
            koc.backtest.max-cutoffs                           | 3                                                    | 4
            koc.backtest.in-run                                | true                                                 | false
            koc.backtest.min-history-days                      | 84                                                   | 85
            koc.backtest.min-kocs                              | 20                                                   | 21
            koc.backtest.max-age-days                          | 28                                                   | 29
            koc.backtest.pool-bands                            | [20, 50, 100]                                        | [7, 77]
            koc.backtest.resamples                             | 500                                                  | 501
            koc.clean.allow-empty-day                          | false                                                | true
            koc.clean.epoch                                    | 2000-01-01                                           | 2016-09-01
            koc.clean.quality.change-factor                    | 2                                                    | 2.1
            koc.clean.quality.min-change-rate                  | 0.001                                                | 0.0011
            koc.clean.quality.warn-rate                        | 0.01                                                 | 0.011
            koc.clean.reclean-changed-arrivals                 | false                                                | true
            koc.clean.max-unknown-rate                         | 0.2                                                  | 0.21
            koc.clean.reject-limit                             | 0.05                                                 | 0.051
            koc.clean.robot.actions-per-hour                   | 600                                                  | 601
            koc.currency                                       | CNY                                                  | EUR
            koc.economics.commission.close-days                | 5                                                    | 6
            koc.economics.commission.competition.history-months | 3                                                    | 4
            koc.economics.commission.competition.min-koc-months | 20                                                   | 21
            koc.economics.commission.competition.tiers         | [{name=bronze, reachable-by=0.3, prize=50}, {name=silver, reachable-by=0.1, prize=150}, {name=gold, reachable-by=0.03, prize=500}] | [{name=one, reachable-by=0.5, prize=7}]
            koc.economics.commission.rewards                   | [{name=starter kit, kind=physical, when=level, threshold=bronze, value=80}, {name=star badge, kind=virtual, when=month-sales, threshold=2000, value=0}, {name=letter of thanks, kind=recognition, when=level, threshold=silver, value=0}, {name=advanced course, kind=advanced, when=level, threshold=gold, value=500}, {name=sales of 10000, kind=achievement, when=total-sales, threshold=10000, value=100}, {name=month's best, kind=special, when=rank, threshold=3, value=200}] | [{name=cup, kind=special, when=rank, threshold=1, value=9}]
            koc.economics.commission.rules                     | [{version=2024-1, from=2000-01-01, min-margin-left=0.1, margin-bands=[{min-margin=0, rate=0.05}, {min-margin=0.3, rate=0.08}, {min-margin=0.5, rate=0.12}], best-sellers=[{top-fraction=0.05, factor=1.3}, {top-fraction=0.2, factor=1.15}]}] | [{version=new, from=2025-01-01, min-margin-left=0.2, margin-bands=[{min-margin=0.1, rate=0.06}], best-sellers=[]}]
            koc.economics.commission.team.max-fund             | 50000                                                | 50001
            koc.economics.commission.team.fund-rate            | 0.01                                                 | 0.02
            koc.economics.commission.team.top-teams            | 3                                                    | 4
            koc.economics.commission.upline.pays               | false                                                | true
            koc.economics.commission.upline.rate               | 0.1                                                  | 0.2
            koc.economics.koc.healthy-ratio                    | 3                                                    | 3.1
            koc.economics.koc.window-days                      | 90                                                   | 60
            koc.economics.stage.churned-alive-probability      | 0.1                                                  | 0.11
            koc.economics.stage.churned-days                   | 180                                                  | 181
            koc.economics.stage.dormant-days                   | 60                                                   | 61
            koc.economics.value.default-margin-rate            | 0.3                                                  | 0.31
            koc.economics.value.horizon-days                   | 365                                                  | 366
            koc.economics.value.max-histories                  | 200000                                               | 200001
            koc.economics.value.max-value-sample               | 50000                                                | 50001
            koc.economics.value.min-buyers                     | 200                                                  | 202
            koc.economics.value.min-repeat-buyers              | 200                                                  | 203
            koc.economics.value.portrait-deviation             | 0.5                                                  | 0.51
            koc.economics.value.yearly-discount-rate           | 0.1                                                  | 0.12
            koc.features.category-depth                        | 2                                                    | 3
            koc.features.habit-shrinkage                       | 10                                                   | 10.1
            koc.features.holdout-days                          | 28                                                   | 30
            koc.features.interest-weight                       | 0.2                                                  | 0.201
            koc.features.newcomer-actions                      | 5                                                    | 6
            koc.features.likely-automated.actions              | 500                                                  | 502
            koc.features.likely-automated.ratio                | 20                                                   | 20.1
            koc.features.likely-joint-account.order-fraction   | 0.05                                                 | 0.051
            koc.features.likely-joint-account.orders           | 30                                                   | 31
            koc.features.likely-joint-account.orders-per-day   | 2                                                    | 2.1
            koc.features.likely-joint-account.spreads          | 4                                                    | 4.1
            koc.features.tags.categories                       | 3                                                    | 4
            koc.features.tags.discount-rate                    | 0.2                                                  | 0.202
            koc.features.tags.economy-price-level              | 0.8                                                  | 0.801
            koc.features.tags.high-value-fraction              | 0.2                                                  | 0.203
            koc.features.tags.low-value-fraction               | 0.4                                                  | 0.401
            koc.features.tags.premium-price-level              | 1.25                                                 | 1.35
            koc.features.tags.sharer-shares                    | 3                                                    | 5
            koc.features.tags.time.evening                     | 0.5                                                  | 0.501
            koc.features.tags.time.morning                     | 0.4                                                  | 0.402
            koc.features.tags.time.night                       | 0.3                                                  | 0.301
            koc.features.tags.time.weekend                     | 0.5                                                  | 0.502
            koc.fit.cycle.min-repeat-buyers                    | 20                                                   | 22
            koc.fit.cycle.min-repeat-rate                      | 0.15                                                 | 0.151
            koc.fit.evidence-shrinkage                         | 10                                                   | 10.2
            koc.fit.gate.certainty                             | 0.9                                                  | 0.91
            koc.fit.gate.min-rating                            | 3                                                    | 3.01
            koc.fit.gate.max-complaint-rate                    | 0.1                                                  | 0.101
            koc.fit.gate.max-refund-rate                       | 0.3                                                  | 0.302
            koc.fit.gate.max-brand-tier                        | 4                                                    | 5
            koc.fit.generality.min-buyers                      | 10                                                   | 11
            koc.fit.prior-sample-rows                          | 20000                                                | 20001
            koc.fit.quality.brand-deviation                    | 0.6                                                  | 0.601
            koc.fit.quality.category-shrinkage                 | 100                                                  | 100.1
            koc.fit.quality.complaint-slope                    | 8                                                    | 8.1
            koc.fit.quality.prior-deviation                    | 0.2                                                  | 0.204
            koc.fit.quality.prior-mean                         | 0.75                                                 | 0.751
            koc.fit.quality.rate-deviation                     | 0.1                                                  | 0.104
            koc.fit.quality.refund-slope                       | 6                                                    | 6.1
            koc.fit.quality.repeat-slope                       | 1                                                    | 1.3
            koc.fit.quality.review-deviation                   | 0.9                                                  | 0.902
            koc.fit.rate-shrinkage                             | 20                                                   | 20.2
            koc.influence.credit.half-life-days                | 3                                                    | 3.1
            koc.influence.credit.referral-days                 | 30                                                   | 31
            koc.influence.credit.weight.inquiry                | 2                                                    | 2.1
            koc.influence.credit.weight.open                   | 1                                                    | 1.1
            koc.influence.credit.weight.referral               | 1                                                    | 1.2
            koc.influence.credit.weight.share                  | 0.5                                                  | 0.6
            koc.influence.shrinkage.category                   | 5                                                    | 5.1
            koc.influence.shrinkage.earlier-purchases          | 20                                                   | 20.3
            koc.influence.shrinkage.shared-products            | 5                                                    | 5.3
            koc.influence.shrinkage.product-windows            | 5                                                    | 5.2
            koc.influence.shrinkage.product-rate               | 2                                                    | 2.2
            koc.influence.fraud.spam-fraction                  | 0.05                                                 | 0.052
            koc.influence.fraud.spam-min-times                 | 3                                                    | 3.1
            koc.influence.fraud.min-credited-purchases         | 8                                                    | 9
            koc.influence.fraud.self-referral-fraction         | 0.65                                                 | 0.651
            koc.influence.fraud.ring-max-buyers                | 20                                                   | 23
            koc.influence.fraud.ring-min-fraction              | 0.75                                                 | 0.751
            koc.influence.fraud.served-only-min-expected       | 5                                                    | 5.3
            koc.influence.fraud.served-only-min-ties           | 100                                                  | 101
            koc.influence.history-days                         | 90                                                   | 180
            koc.kocs.levels.assessment-days                    | 30                                                   | 32
            koc.kocs.levels.bronze.active-days                 | 8                                                    | 9
            koc.kocs.levels.bronze.courses                     | 0                                                    | 1
            koc.kocs.levels.bronze.net-sales                   | 500                                                  | 500.1
            koc.kocs.levels.bronze.new-customers               | 1                                                    | 2
            koc.kocs.levels.gold.active-days                   | 25                                                   | 28
            koc.kocs.levels.gold.courses                       | 2                                                    | 5
            koc.kocs.levels.gold.net-sales                     | 8000                                                 | 8000.1
            koc.kocs.levels.gold.new-customers                 | 5                                                    | 8
            koc.kocs.levels.grace-days                         | 14                                                   | 15
            koc.kocs.levels.retention-fraction                 | 0.8                                                  | 0.802
            koc.kocs.levels.partner.active-days                | 30                                                   | 34
            koc.kocs.levels.partner.courses                    | 3                                                    | 7
            koc.kocs.levels.partner.net-sales                  | 30000                                                | 30000.1
            koc.kocs.levels.partner.new-customers              | 15                                                   | 19
            koc.kocs.levels.readmit-days                       | 180                                                  | 181
            koc.kocs.levels.recruitment.external.active-days   | 5                                                    | 10
            koc.kocs.levels.recruitment.external.orders        | 2                                                    | 12
            koc.kocs.levels.recruitment.external.pool          | 10                                                   | 13
            koc.kocs.levels.recruitment.external.tenure-days   | 30                                                   | 33
            koc.kocs.levels.recruitment.staff.active-days      | 0                                                    | 14
            koc.kocs.levels.recruitment.staff.orders           | 0                                                    | 16
            koc.kocs.levels.recruitment.staff.pool             | 1                                                    | 17
            koc.kocs.levels.recruitment.staff.tenure-days      | 0                                                    | 18
            koc.kocs.levels.recruitment.user.active-days       | 3                                                    | 20
            koc.kocs.levels.recruitment.user.orders            | 1                                                    | 24
            koc.kocs.levels.recruitment.user.pool              | 10                                                   | 25
            koc.kocs.levels.recruitment.user.tenure-days       | 0                                                    | 26
            koc.kocs.levels.silver.active-days                 | 15                                                   | 17
            koc.kocs.levels.silver.courses                     | 1                                                    | 3
            koc.kocs.levels.silver.net-sales                   | 2000                                                 | 2000.1
            koc.kocs.levels.silver.new-customers               | 2                                                    | 4
            koc.kocs.levels.trial-days                         | 90                                                   | 91
            koc.kocs.levels.version                            | 2024-1                                               | 2025-2
            koc.kocs.levels.window-days                        | 90                                                   | 30
            koc.influence.prior.homophily-deviation            | 0.1                                                  | 0.102
            koc.influence.prior.kocs                           | 20000                                                | 20002
            koc.influence.prior.min-no-effect-spread           | 0.13                                                 | 0.131
            koc.influence.prior.min-effect-spread              | 0.2                                                  | 0.132
            koc.influence.prior.portrait-shrinkage             | 5                                                    | 5.4
            koc.kocs.readiness.min-purchase-days               | 2                                                    | 27
            koc.kocs.lifecycle.max-recruits                    | 20                                                   | 21
            koc.kocs.lifecycle.min-progress                    | 0.5                                                  | 0.6
            koc.kocs.readiness.approval-shrinkage              | 3                                                    | 3.1
            koc.kocs.readiness.min-approval-rate               | 0.5                                                  | 0.51
            koc.kocs.score.answer-days                         | 2                                                    | 30
            koc.kocs.score.evidence-shrinkage                  | 10                                                   | 10.3
            koc.kocs.score.min-reported-flight-risk            | 0.3                                                  | 0.303
            koc.kocs.score.full-strong-ties                    | 150                                                  | 151
            koc.kocs.score.min-shares                          | 5                                                    | 35
            koc.kocs.score.loyal-days                          | 3                                                    | 3.2
            koc.kocs.score.frequency-cap.later-days            | 2                                                    | 30
            koc.kocs.score.frequency-cap.max-loss-ratio        | 2                                                    | 1.6
            koc.kocs.score.frequency-cap.shrinkage             | 3                                                    | 3.1
            koc.kocs.score.recency-half-life-days              | 90                                                   | 90.1
            koc.kocs.score.weights.content                     | 0.1                                                  | 0.4
            koc.kocs.score.weights.influence                   | 0.4                                                  | 0.5
            koc.kocs.score.weights.own-use                     | 0.15                                                 | 0.25
            koc.kocs.score.weights.persona                     | 0.1                                                  | 0.7
            koc.kocs.score.weights.reach                       | 0.15                                                 | 0.45
            koc.kocs.score.weights.restraint                   | 0.1                                                  | 0.8
            koc.kocs.score.weights.satisfaction                | 0.1                                                  | 0.9
            koc.kocs.stage.kol-reach                           | 1000                                                 | 1001
            koc.kocs.stage.min-pool-buyer-rate                 | 0.02                                                 | 0.021
            koc.kocs.stage.rising-reach                        | 200                                                  | 201
            koc.influence.tie.days                             | 365                                                  | 366
            koc.influence.tie.decay                            | 0.955                                                | 0.956
            koc.influence.tie.strong                           | 0.5                                                  | 1.3
            koc.influence.tie.weight.answer                    | 3                                                    | 3.3
            koc.influence.tie.weight.attend                    | 4                                                    | 4.1
            koc.influence.tie.weight.open                      | 1                                                    | 1.4
            koc.influence.tie.weight.other                     | 0.5                                                  | 1.5
            koc.influence.tie.weight.purchase                  | 4                                                    | 4.2
            koc.influence.tie.weight.shared-experience         | 5                                                    | 5.5
            koc.influence.window-days                          | 7                                                    | 36
            koc.language                                       | en                                                   | zh
            koc.portraits.bootstrap-restarts                   | 10                                                   | 37
            koc.portraits.bootstrap-users                      | 1500                                                 | 1501
            koc.portraits.bootstraps                           | 20                                                   | 38
            koc.portraits.categories                           | 60                                                   | 61
            koc.portraits.category-shrinkage                   | 5                                                    | 5.6
            koc.portraits.drift.max-distance                   | 1.15                                                 | 1.25
            koc.portraits.drift.max-population-stability-index | 0.25                                                 | 0.55
            koc.portraits.min-portraits                        | 4                                                    | 5
            koc.portraits.min-stability                        | 0.5                                                  | 0.503
            koc.portraits.transitions.split-threshold          | 0.3                                                  | 0.304
            koc.portraits.transitions.survival-threshold       | 0.7                                                  | 0.701
            koc.portraits.max-portraits                        | 12                                                   | 13
            koc.portraits.names                                | {}                                                   | {newcomers=Just arrived}
            koc.portraits.product-groups.factors               | 32                                                   | 31
            koc.portraits.product-groups.groups                | 32                                                   | 41
            koc.portraits.product-groups.products              | 5000                                                 | 5001
            koc.portraits.refit-days                           | 28                                                   | 39
            koc.portraits.restarts                             | 15                                                   | 40
            koc.portraits.sample-users                         | 20000                                                | 20003
            koc.portraits.silhouette-users                     | 2000                                                 | 2001
            koc.portraits.min-user-fraction                    | 0.02                                                 | 0.022
            koc.portraits.votes.predictive-gain                | 2                                                    | 2.3
            koc.portraits.votes.silhouette                     | 1                                                    | 1.7
            koc.portraits.votes.stability                      | 1                                                    | 1.8
            koc.portraits.weights.categories                   | 1                                                    | 1.9
            koc.portraits.weights.habits                       | 0.05                                                 | 0.15
            koc.portraits.weights.social                       | 0.02                                                 | 0.12
            koc.portraits.weights.value                        | 0.05                                                 | 0.65
            koc.publish.layout                                 | auto                                                 | rename
            koc.publish.rows-per-file                          | 1000000                                              | 1000001
            koc.growth.content.lift-shrinkage                  | 5                                                    | 5.7
            koc.growth.content.purchase-weight                 | 10                                                   | 10.4
            koc.growth.content.max-posts                       | 20                                                   | 41
            koc.growth.content.baseline-shrinkage              | 3                                                    | 3.4
            koc.growth.content.window-days                     | 28                                                   | 42
            koc.growth.county.max-candidates                   | 200                                                  | 202
            koc.growth.county.max-next-kocs                    | 10                                                   | 43
            koc.growth.county.online-target-fraction           | 0.5                                                  | 0.504
            koc.growth.county.online-reached-by-2-rate         | 0.3                                                  | 0.305
            koc.growth.county.second-koc-weight                | 0.5                                                  | 0.505
            koc.growth.county.target-kocs                      | 100                                                  | 102
            koc.growth.county.users-per-koc                    | 20                                                   | 107
            koc.growth.county.max-sampled-users                | 20000                                                | 20004
            koc.growth.funnel.activation-days                  | 14                                                   | 44
            koc.growth.funnel.conversion-days                  | 30                                                   | 45
            koc.growth.funnel.repeat-days                      | 30                                                   | 46
            koc.growth.funnel.min-due                          | 10                                                   | 108
            koc.growth.funnel.window-days                      | 90                                                   | 91
            koc.growth.groups.loss-rate                        | 0.1                                                  | 0.103
            koc.growth.groups.min-members                      | 10                                                   | 109
            koc.growth.groups.min-messages                     | 10                                                   | 110
            koc.growth.groups.shrinkage                        | 10                                                   | 10.9
            koc.growth.groups.quiet-rate                       | 0.1                                                  | 0.104
            koc.growth.groups.window-days                      | 30                                                   | 31
            koc.growth.leads.min-category-fraction             | 0.3                                                  | 0.306
            koc.growth.leads.min-discount-rate                 | 0.15                                                 | 0.152
            koc.growth.leads.max-per-koc                       | 20                                                   | 47
            koc.growth.leads.min-per-koc                       | 5                                                    | 6
            koc.growth.leads.max-pool                          | 500                                                  | 511
            koc.growth.leads.max-kocs-per-user                 | 3                                                    | 99
            koc.growth.leads.recent-days                       | 30                                                   | 48
            koc.growth.leads.scenes                            | [pre_sale, after_sale, similar_group, coupon, order] | [order, coupon]
            koc.growth.mentors.min-lift                        | 1.1                                                  | 2.4
            koc.growth.mentors.min-purchases                   | 3                                                    | 3.5
            koc.growth.mentors.mentee-levels                   | [recruit, trainee, bronze]                           | [recruit]
            koc.growth.mentors.max-mentees                     | 5                                                    | 49
            koc.growth.mentors.prior-purchases                 | 2                                                    | 2.7
            koc.recommend.product-affinity-shrinkage           | 10                                                   | 10.6
            koc.recommend.offers-per-portrait                  | 500                                                  | 503
            koc.recommend.baselines                            | false                                                | true
            koc.recommend.factor-bound                         | 4                                                    | 4.3
            koc.recommend.gate                                 | refuse                                               | warn
            koc.recommend.not-ready                            | rank-after                                           | exclude
            koc.recommend.horizon-days                         | 28                                                   | 50
            koc.recommend.item-model.head                      | 2000                                                 | 2002
            koc.recommend.item-model.history                   | 200                                                  | 203
            koc.recommend.item-model.regularisation            | 100                                                  | 100.1
            koc.recommend.item-model.long-tail.min-common-users | 3                                                    | 51
            koc.recommend.item-model.long-tail.neighbours      | 0                                                    | 52
            koc.recommend.training.kocs                        | 500                                                  | 504
            koc.recommend.training.min-purchases               | 200                                                  | 204
            koc.recommend.training.koc-holdouts                | 500                                                  | 501
            koc.recommend.training.holdouts                    | 3                                                    | 5
            koc.recommend.training.prior-buyers                | 20                                                   | 20.4
            koc.recommend.min-actionable-buyers                | 0.5                                                  | 0.51
            koc.recommend.min-pool                             | 10                                                   | 53
            koc.recommend.min-buying-members                   | 10                                                   | 58
            koc.recommend.new-products.days                    | 60                                                   | 62
            koc.recommend.new-products.peer-shrinkage          | 2                                                    | 2.5
            koc.recommend.new-products.max-per-list            | 3                                                    | 54
            koc.recommend.new-products.seeding-days            | 14                                                   | 55
            koc.recommend.new-products.seeding-uses            | 2                                                    | 56
            koc.recommend.overdue-half-life                    | 0.25                                                 | 0.75
            koc.recommend.repurchase-due-fraction              | 0.8                                                  | 0.803
            koc.recommend.rerank.campaigns.on                  | true                                                 | false
            koc.recommend.rerank.category-cap.on               | true                                                 | false
            koc.recommend.rerank.category-cap.max-fraction     | 0.8                                                  | 0.804
            koc.recommend.rerank.overlap-penalty.level-weight  | 0.1                                                  | 2.6
            koc.recommend.rerank.overlap-penalty.on            | true                                                 | false
            koc.recommend.rerank.overlap-penalty.min-overlap   | 0.1                                                  | 0.105
            koc.recommend.rerank.overlap-penalty.weight        | 0.1                                                  | 0.106
            koc.recommend.rerank.depth                         | 3                                                    | 57
            koc.recommend.rerank.floor.on                      | true                                                 | false
            koc.recommend.rerank.floor.min-pool-fraction       | 0.2                                                  | 0.204
            koc.recommend.rerank.mix.on                        | true                                                 | false
            koc.recommend.rerank.mix.weight                    | 0.1                                                  | 0.107
            koc.recommend.rerank.stock.on                      | true                                                 | false
            koc.recommend.shortlist                            | 150                                                  | 152
            koc.recommend.category-affinity-shrinkage          | 10                                                   | 10.7
            koc.recommend.top                                  | 20                                                   | 58
            koc.recommend.weight.generality                    | 0.1                                                  | 0.108
            koc.recommend.weight.margin                        | 0.05                                                 | 0.053
            koc.recommend.weight.repurchase                    | 0.25                                                 | 0.251
            koc.recommend.weight.own-use                       | 0.05                                                 | 0.054
            koc.recommend.weight.trust                         | 0.25                                                 | 0.252
            koc.report.assumed-gain                            | 0.1                                                  | 0.2
            koc.report.reported-no-buyer-chance                | 0.25                                                 | 0.3
            koc.report.inline-characters                       | 1500000                                              | 1500001
            koc.report.map-users                               | 2000                                                 | 2001
            koc.report.min-gain                                | 10                                                   | 50
            koc.report.other-languages                         | []                                                   | [zh]
            koc.seed                                           | 20240229                                             | 42
            koc.small-run-mib                                  | 32                                                   | 33
            koc.source.columns                                 | {}                                                   | {events={user_id=member_no}}
            koc.source.constants                               | {}                                                   | {events={event_type=purchase}}
            koc.source.event-id                                | []                                                   | [order_id]
            koc.source.paths                                   | {}                                                   | {events=orders}
            koc.source.format.default.delimiter                | ,                                                    | ;
            koc.source.format.default.encoding                 | UTF-8                                                | GB18030
            koc.source.format.default.header-case              | ignore                                               | exact
            koc.source.format.default.multi-line               | false                                                | true
            koc.source.format.default.skip-lines               | 0                                                    | 3
            koc.source.format.default.category-separator       | >                                                    | /
            koc.source.format.default.dates                    | [yyyy-M-d[['T'][ ]H:mm[:ss[.SSS]]], yyyy/M/d[ H:mm[:ss[.SSS]]], yyyy.M.d[ H:mm[:ss]], yyyy年M月d日[[ ]H:mm[:ss]][[ ]H时m分[s秒]]] | [yyyyMMdd]
            koc.source.format.default.null-values              | [, NULL, null, \\N, None, nan, NaN, NaT, <NA>, N/A, #N/A] | [none]
            koc.source.format.default.numbers.decimal          | .                                                    | ,
            koc.source.format.default.numbers.thousands        |                                                      | '
            koc.source.format.default.words                    | {}                                                   | {event_type={pv=view}}
            koc.source.multi-line                              | false                                                | true
            koc.zone                                           | Asia/Shanghai                                        | Europe/Berlin
            """;

    /** A range in a comment, as in "Days, 1 to 365.", "Days, 30 or 90." or "Actions an hour, 1 and more." */
    private static final Pattern RANGE = Pattern.compile("(\\S+) (?:(?:to|or) (\\d*\\.?\\d+)|and more)");

    /** A key, and where its value goes. */
    private record Setting(String key, RecordComponent component) {}

    @Test
    void defaultsAreThoseOfTheTable() {
        assertThat(values(Configuration.load(null, List.of()))).isEqualTo(column(1));
    }

    @Test
    void everyKeyReachesItsComponent() {
        Map<String, String> others = column(2);
        List<String> given = others.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();

        assertThat(values(Configuration.load(null, given))).isEqualTo(others);
        assertThat(others.entrySet()).doesNotContainAnyElementsOf(column(1).entrySet());
    }

    @Test
    void everyKeyIsReadByARecord() {
        assertThat(settings()).extracting(Setting::key).containsAll(Configuration.keys());
    }

    @Test
    void commentsSayTheRangesThatAreEnforced() {
        List<String> wrong = new ArrayList<>();
        for (Setting setting : settings()) {
            Range range = setting.component().getAnnotation(Range.class);
            if (range != null && !says(setting.key(), range)) {
                wrong.add(setting.key() + ": " + comment(setting.key()));
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void commentsSayTheWordsThatAreAllowed() {
        for (Setting setting : settings()) {
            assertThat(allowed(setting.component()))
                    .as(setting.key())
                    .allSatisfy(word -> assertThat(comment(setting.key())).contains(word));
        }
    }

    private static List<String> allowed(RecordComponent component) {
        OneOf words = component.getAnnotation(OneOf.class);
        Object[] constants = component.getType().getEnumConstants();
        if (words != null) {
            return List.of(words.value());
        } else if (constants != null) {
            return Arrays.stream(constants)
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
        }
        return component.getType() == boolean.class ? List.of("true or false") : List.of();
    }

    /** Whether the comment of a key, else that of its section, names this range; a bound may be the name of a key. */
    private static boolean says(String key, Range range) {
        Matcher found = RANGE.matcher(comment(key).replaceFirst("Example: .*", ""));
        String min = "";
        String max = "";
        while (found.find()) {
            min = found.group(1);
            max = found.group(2) == null ? String.valueOf(Integer.MAX_VALUE) : found.group(2);
        }
        if (max.isEmpty()) {
            String section = key.substring(0, key.lastIndexOf('.'));
            return !section.equals("koc") && says(section, range);
        }
        boolean isNumber = min.matches("\\d*\\.?\\d+");
        return range.max() == Double.parseDouble(max) && (!isNumber || range.min() == Double.parseDouble(min));
    }

    /** The comment of a key; "As bronze.courses." stands for that of a sister section. */
    private static String comment(String key) {
        ConfigValue value = Configuration.reference().getValue(key);
        String comment = String.join(" ", value.origin().comments()).strip().replaceAll(" +", " ");
        return comment.startsWith("As ")
                ? comment(key.replaceFirst("[^.]+\\.[^.]+$", comment.substring(3, comment.length() - 1)))
                : comment;
    }

    private static List<Class<?>> records() {
        return new ClassFileImporter()
                        .importUrl(Configuration.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())
                        .stream()
                        .filter(type -> type.isRecord() && type.isAnnotatedWith(Key.class))
                        .<Class<?>>map(type -> type.reflect())
                        .toList();
    }

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        records()
                .forEach(type -> addSettings(type, type.getAnnotation(Key.class).value(), settings));
        return settings;
    }

    private static void addSettings(Class<?> type, String section, List<Setting> settings) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = SettingsBinder.path(section, component);
            if (component.getType().isRecord()) {
                addSettings(component.getType(), key, settings);
            } else {
                settings.add(new Setting(key, component));
            }
        }
    }

    /** What the records have for each key; a key that several have must be the same in all. */
    private static Map<String, String> values(Config config) {
        Map<String, String> values = new TreeMap<>();
        for (Class<?> type : records()) {
            Record bound = SettingsBinder.bind(config, type.asSubclass(Record.class));
            addValues(bound, type.getAnnotation(Key.class).value(), values);
        }
        return values;
    }

    private static void addValues(Object bound, String section, Map<String, String> values) {
        for (RecordComponent component : bound.getClass().getRecordComponents()) {
            String key = SettingsBinder.path(section, component);
            Object value = read(bound, component);
            if (component.getType().isRecord()) {
                addValues(value, key, values);
            } else {
                assertThat(text(value)).as(key).isEqualTo(values.getOrDefault(key, text(value)));
                values.put(key, text(value));
            }
        }
    }

    private static Object read(Object bound, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(bound);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SettingsTest::text).toList().toString();
        }
        if (value instanceof Record) {
            return Arrays.stream(value.getClass().getRecordComponents())
                    .map(component -> SettingsBinder.kebab(component.getName()) + "=" + text(read(value, component)))
                    .collect(joining(", ", "{", "}"));
        }
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    private static Map<String, String> column(int column) {
        return KEYS.lines()
                .map(line -> line.split("\\|", -1))
                .collect(toMap(cells -> cells[0].strip(), cells -> cells[column].strip()));
    }
}
