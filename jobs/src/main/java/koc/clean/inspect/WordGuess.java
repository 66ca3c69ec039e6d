package koc.clean.inspect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import koc.clean.RowReader;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a column with fixed words seem to mean.
 *
 * @param meanings words that are not built in and their meaning here
 * @param unknown words without a meaning, with the number of their values
 * @param known number of values with a meaning
 * @param total number of values
 */
record WordGuess(Map<String, String> meanings, Map<String, Long> unknown, long known, long total) {
    private static final Map<String, String> EVENT_TYPES = parse("""
            view: pv view_item product_view product_viewed viewed_product item_view view_product view_content detail browse page_view_product viewproduct itemview productview 浏览商品 商品浏览 查看商品 商品详情
            click: select_item click_item product_click product_clicked click_product productclick 点击商品 商品点击
            favorite: fav favourite collect wishlist add_to_wishlist like favor addtowishlist 收藏商品 商品收藏 加入收藏
            cart: add_to_cart addtocart add_cart cart_add added_to_cart product_added addcart 加购商品 商品加购
            purchase: buy bought pay paid payment order_paid order_completed completed complete sale sales sold checkout_completed kauf verkauf rechnung 交易成功 交易完成 已完成 已付款 已支付 支付成功 付款成功 已签收 买家已付款 购买商品 销售
            refund: refunded return returned return_order order_refunded retoure rückgabe gutschrift 已退款 退款成功 退款完成 已退货 交易退款 全额退款 销售退货
            share: share_product shared product_shared forward share_item shareproduct 分享商品 商品分享
            share_open: open_share share_opened share_click opened_share shareopen 打开分享链接
            inquiry: ask consult question enquiry inquire 咨询商品 商品咨询
            reply: answer respond 回答
            review: rate rating comment_with_rating product_review 商品评价
            complaint: complain claim reklamation beschwerde
            post: publish post_content 发布内容
            join: join_group group_join 加群
            leave: leave_group quit_group group_leave quit
            mute: mute_group muted
            """);
    private static final Map<String, String> ROLES = parse("""
            consumer: member vip buyer shopper client kunde 普通客户 普通会员 vip客户 vip会员 买家 个人客户 privatkunde
            employee: staff internal mitarbeiter 企业员工 内部人员
            guide: shopping_guide sales seller salesperson sales_associate store_assistant ba 店员 营业员 销售 门店导购 verkäufer berater
            external: kol koc influencer creator partner 博主 外部koc 合作达人
            """);
    private static final Map<String, String> TIE_TYPES = parse("""
            friend: contact wecom_friend wechat_friend external_contact 微信好友 企微好友 企业微信好友 外部联系人 单聊
            group: chat_group group_member wechat_group 微信群 客户群 群成员
            follow: fan follower followed
            served: service customer_service 专属客服 服务客户
            """);
    private static final Map<String, String> BOOLEANS =
            parse("true: ja y t x subscribed_out 已退订 已开启\nfalse: nein n f 未退订 未开启\n");
    private static final Map<String, Map<String, String>> MEANINGS = Map.of(
            "event_type", EVENT_TYPES,
            "role", ROLES,
            "tie_type", TIE_TYPES,
            "marketing_opt_out", BOOLEANS,
            "approved", BOOLEANS);

    private static Map<String, String> parse(String text) {
        Map<String, String> meanings = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            for (String word : List.of(line.substring(colon + 1).strip().split("\\s+", -1))) {
                meanings.put(word, line.substring(0, colon));
            }
        });
        return meanings;
    }

    /**
     * The meanings of these values.
     *
     * @param reader reads the words that are built in
     */
    static WordGuess of(String column, List<String> values, RowReader reader) {
        Map<String, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        Map<String, String> meanings = new LinkedHashMap<>();
        Map<String, Long> unknown = new TreeMap<>();
        long known = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            String word = entry.getKey();
            String meaning = meaning(column, word);
            if (reader.read(column, word) != null) {
                known += entry.getValue();
            } else if (meaning != null) {
                meanings.put(word, meaning);
                known += entry.getValue();
            } else {
                unknown.put(word, entry.getValue());
            }
        }
        return new WordGuess(meanings, unknown, known, values.size());
    }

    private static @Nullable String meaning(String column, String word) {
        return MEANINGS.getOrDefault(column, Map.of())
                .get(word.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_"));
    }

    double rate() {
        return total == 0 ? 0 : (double) known / total;
    }

    /** Whether a column seems to hold words: few different ones. */
    static boolean areWords(Set<String> distinct, int values) {
        return distinct.size() <= Math.max(2, Math.min(50, values / 3));
    }
}
