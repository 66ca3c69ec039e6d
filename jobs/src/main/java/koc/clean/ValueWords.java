package koc.clean;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The words that a column accepts: those of its table, their Chinese names, and those that a setting adds. Chinese words with
 * more than one meaning are not built in: 下单 is an order that may not be paid.
 */
final class ValueWords {
    private static final Map<String, String> EVENT_TYPES = Map.ofEntries(
            Map.entry("浏览", "view"),
            Map.entry("查看", "view"),
            Map.entry("点击", "click"),
            Map.entry("收藏", "favorite"),
            Map.entry("加购", "cart"),
            Map.entry("加购物车", "cart"),
            Map.entry("加入购物车", "cart"),
            Map.entry("购买", "purchase"),
            Map.entry("支付", "purchase"),
            Map.entry("付款", "purchase"),
            Map.entry("成交", "purchase"),
            Map.entry("退款", "refund"),
            Map.entry("退货", "refund"),
            Map.entry("退货退款", "refund"),
            Map.entry("分享", "share"),
            Map.entry("转发", "share"),
            Map.entry("打开分享", "share_open"),
            Map.entry("分享打开", "share_open"),
            Map.entry("咨询", "inquiry"),
            Map.entry("询问", "inquiry"),
            Map.entry("回复", "reply"),
            Map.entry("评价", "review"),
            Map.entry("评论", "review"),
            Map.entry("投诉", "complaint"),
            Map.entry("发帖", "post"),
            Map.entry("发布", "post"),
            Map.entry("加入", "join"),
            Map.entry("入群", "join"),
            Map.entry("退出", "leave"),
            Map.entry("退群", "leave"),
            Map.entry("离开", "leave"),
            Map.entry("屏蔽", "mute"),
            Map.entry("免打扰", "mute"),
            Map.entry("参加", "attend"),
            Map.entry("到店体验", "attend"),
            Map.entry("培训", "train"));
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("用户", "consumer"),
            Map.entry("普通用户", "consumer"),
            Map.entry("消费者", "consumer"),
            Map.entry("顾客", "consumer"),
            Map.entry("客户", "consumer"),
            Map.entry("会员", "consumer"),
            Map.entry("user", "consumer"),
            Map.entry("customer", "consumer"),
            Map.entry("员工", "employee"),
            Map.entry("内部员工", "employee"),
            Map.entry("导购", "guide"),
            Map.entry("导购员", "guide"),
            Map.entry("外部", "external"),
            Map.entry("外部达人", "external"),
            Map.entry("达人", "external"));
    private static final Map<String, String> KOC_TYPES = Map.of(
            "员工", "employee", "导购", "guide", "外部", "external", "达人", "external", "用户", "user", "consumer", "user");
    private static final Map<String, String> TIE_TYPES = Map.of(
            "好友", "friend",
            "群", "group",
            "社群", "group",
            "群聊", "group",
            "关注", "follow",
            "粉丝", "follow",
            "服务", "served",
            "服务过", "served");
    private static final Map<String, String> COST_TYPES = Map.ofEntries(
            Map.entry("广告", "ad"),
            Map.entry("广告费", "ad"),
            Map.entry("投放", "ad"),
            Map.entry("礼品", "gift"),
            Map.entry("赠品", "gift"),
            Map.entry("优惠券", "coupon"),
            Map.entry("奖金", "bonus"),
            Map.entry("奖励", "bonus"),
            Map.entry("培训", "training"),
            Map.entry("培训费", "training"),
            Map.entry("样品", "sample"));
    private static final Map<String, String> ASSET_KINDS = Map.of("话术", "script", "素材", "material");
    private static final Map<String, String> STAGES =
            Map.of("引流", "draw", "激活", "activate", "转化", "convert", "复购", "repeat", "召回", "recall");
    private static final Map<String, String> RULES = Map.of("允许", "allow", "排除", "exclude", "禁止", "exclude");
    private static final Map<String, String> BOOLEANS = Map.ofEntries(
            Map.entry("true", "true"),
            Map.entry("false", "false"),
            Map.entry("yes", "true"),
            Map.entry("no", "false"),
            Map.entry("1.0", "true"),
            Map.entry("0.0", "false"),
            Map.entry("on", "true"),
            Map.entry("off", "false"),
            Map.entry("是", "true"),
            Map.entry("否", "false"),
            Map.entry("有", "true"),
            Map.entry("无", "false"),
            Map.entry("真", "true"),
            Map.entry("假", "false"));

    private ValueWords() {}

    /**
     * What each word of a column means.
     *
     * @param allowed the words of the table; empty for a column of yes and no
     * @param added words of the setting; they win over those built in
     */
    static Map<String, String> of(String column, Set<String> allowed, Map<String, String> added) {
        Map<String, String> words = new HashMap<>();
        builtIn(column, allowed).forEach((word, meaning) -> {
            if (allowed.isEmpty() || allowed.contains(meaning)) {
                words.put(word, meaning);
            }
        });
        allowed.forEach(word -> words.put(word, word));
        words.putAll(new TreeMap<>(added));
        return words;
    }

    private static Map<String, String> builtIn(String column, Set<String> allowed) {
        if (allowed.isEmpty()) {
            return BOOLEANS;
        }
        return switch (column) {
            case "event_type" -> EVENT_TYPES;
            case "role" -> ROLES;
            case "koc_type" -> KOC_TYPES;
            case "tie_type" -> TIE_TYPES;
            case "cost_type" -> COST_TYPES;
            case "kind" -> ASSET_KINDS;
            case "stage" -> STAGES;
            case "rule" -> RULES;
            default -> Map.of();
        };
    }
}
