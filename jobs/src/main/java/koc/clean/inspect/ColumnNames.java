package koc.clean.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import koc.clean.Source;

/**
 * What other systems call our columns: English, German and Chinese words, and the names of usual exports. The names of a column
 * are grouped; names in an earlier group are surer, names in the same group are equal.
 */
final class ColumnNames {
    /** Target column: names of the first group | names of the second group | ... */
    private static final String EVENTS = """
            event_id: eventid evtid logid eventuuid eventguid 事件id 事件编号 日志id 行为id 流水号 记录id | lineitemid orderlineid orderitemid suborderid 子订单号 子订单编号 子订单id 明细id 订单明细id | messageid insertid uuid guid id 编号 recordid
            occurred_at: occurredat eventtime eventtimestamp eventts eventdatetime timestamp ts time datetime clienttime happenedat 时间 时间戳 发生时间 行为时间 事件时间 操作时间 | paidat paytime paymenttime paymentdate 支付时间 付款时间 买家付款时间 processedat | orderedat ordertime orderdate orderdatetime 下单时间 订单时间 订单创建时间 成交时间 bestelldatum belegdatum auftragsdatum fkdat audat | createdat createtime creationtime createddate 创建时间 erdat budat erstelltam | date day eventdate datum 日期 交易日期
            user_id: userid uid memberid memberno membernumber membershipno customerid custid customerno customernumber customer buyerid accountid clientid externaluserid userno usernumber shopperid 用户id 用户编号 用户 会员id 会员编号 会员号 会员卡号 客户id 客户编号 客户号 买家id 买家会员id 买家编号 顾客id 顾客编号 外部联系人id kunnr kunde kundennummer kundennr debitor | openid unionid buyernick 买家昵称 买家会员名 买家账号 username 用户名 | userpseudoid visitorid clientpseudoid deviceid | email customeremail buyeremail 邮箱 phone mobile phonenumber mobilephone 手机 手机号 手机号码 收货人手机
            event_type: eventtype eventname event action behavior behaviour behaviortype behaviourtype actiontype activity activitytype type 行为 行为类型 用户行为 事件 事件类型 事件名称 事件名 动作 操作 操作类型 vorgang vorgangsart ereignis | financialstatus orderstatus paymentstatus tradestatus status 订单状态 交易状态 状态 belegart auart transactiontype ordertype 单据类型 业务类型 订单类型
            product_id: productid itemid sku skuid skucode skuno goodsid goodsno productcode productno articleid articleno article variantid variantsku lineitemsku itemsku asin prodid 商品id 商品编码 商品编号 商品货号 商品 货号 宝贝id 款号 款式编码 物料 物料号 物料编码 matnr material materialnummer materialnr artikelnummer artikelnr artikel | spu spuid handle producthandle gtin ean barcode 条码 商品条码
            order_id: orderid orderno ordernumber ordersn ordercode transactionid tradeid tid tradeno ordername 订单号 订单编号 订单id 主订单编号 交易号 vbeln belegnummer belegnr auftrag auftragsnummer auftragsnr bestellnummer | name invoiceno invoicenumber receiptno 小票号 单据编号
            quantity: quantity qty num units itemquantity lineitemquantity productquantity count 数量 购买数量 商品数量 件数 宝贝数量 kwmeng menge fkimg anzahl
            unit_price: unitprice itemprice lineitemprice productprice skuprice price saleprice sellingprice 单价 商品单价 商品价格 价格 成交单价 销售单价 netpr preis einzelpreis nettopreis stückpreis | dealprice actualprice 实付单价
            sharer_id: sharerid sharedby shareuserid referrerid refuserid referrer inviterid invitedby promoterid distributorid kocid guideid salespersonid salesid 分享人id 分享人 分享者id 分享者 分享员 推广员id 推广员 推荐人id 推荐人 分销员id 分销员 邀请人id 邀请人 导购id 导购编号 导购员id 导购 vermittler vertreter
            channel: channel channelname platform sourcename trafficsource utmsource 渠道 渠道名称 来源渠道 销售渠道 平台 来源 kanal vtweg vertriebsweg | source medium
            content_id: contentid postid noteid articleid 内容id 笔记id 文章id 帖子id 素材id
            group_id: groupid chatid roomid chatroomid groupchatid 群id 群聊id 社群id 群编号
            rating: rating stars starrating score reviewscore 评分 星级 评价星级 bewertung
            """;

    private static final String USERS = """
            user_id: userid uid memberid memberno membernumber membershipno customerid custid customerno customernumber customer accountid clientid externaluserid userno usernumber shopperid 用户id 用户编号 会员id 会员编号 会员号 会员卡号 客户id 客户编号 客户号 买家id 顾客id 顾客编号 外部联系人id kunnr kundennummer kundennr debitor id 编号 | openid unionid buyernick 买家昵称 买家会员名 username 用户名 | userpseudoid visitorid | email 邮箱 phone mobile phonenumber 手机 手机号 手机号码
            role: role usertype userrole membertype customertype accounttype 角色 身份 用户类型 人员类型 客户类型 会员类型 rolle kundenart
            registered_at: registeredat registertime registrationtime registrationdate regtime regdate signupat signupdate signuptime joinedat joindate membersince 注册时间 注册日期 成为客户时间 入会时间 入会日期 加入时间 registriertam | createdat createtime createddate created creationdate 创建时间 建档时间 添加时间 erdat angelegtam anlagedatum | firstseen firsttouchtimestamp customersince
            province: province provincename 省 省份 所在省份 bundesland regio | state region defaultaddressprovincecode defaultaddressprovince provincecode 地区 geographicregion georegion
            city: city cityname town defaultaddresscity geocity 市 城市 所在城市 ort ort01 stadt
            county: county countyname district area 区 县 区县 所在区县 landkreis
            team_id: teamid team teamname department departmentid 团队 团队id 部门 部门id 所属部门
            store_id: storeid shopid storecode storeno 门店 门店id 门店编号 店铺id 所属门店 filiale werk werks | store shop
            nickname: nickname nick displayname 昵称 微信昵称 客户昵称 | name 客户名称 客户姓名 姓名 名称 name1 fullname | firstname
            avatar_url: avatarurl avatar headimgurl 头像 头像地址
            greeting: greeting welcomemessage 欢迎语
            gender: gender sex 性别 geschlecht
            birth_year: birthyear yearofbirth 出生年份 geburtsjahr
            life_stage: lifestage lifecyclestage 人生阶段 生命阶段
            tags: tags labels customertags 标签 客户标签 用户标签
            acquired_via: acquiredvia acquisitionchannel registerchannel registerchannel 注册渠道 来源渠道 添加渠道 获客渠道 客户来源 | channel source utmsource 渠道 来源
            marketing_opt_out: marketingoptout optout optedout unsubscribed donotcontact 拒收营销 拒绝营销 退订 是否退订
            """;

    private static final String PRODUCTS = """
            product_id: productid itemid sku skuid skucode skuno goodsid goodsno productcode productno articleid articleno article variantid variantsku itemsku asin prodid 商品id 商品编码 商品编号 商品货号 货号 宝贝id 款号 款式编码 物料 物料号 物料编码 matnr material materialnummer materialnr artikelnummer artikelnr | spu spuid handle producthandle gtin ean barcode 条码 商品条码 | id 编号
            title: title productname producttitle itemname goodsname itemtitle 商品名称 商品标题 标题 宝贝标题 宝贝名称 maktx bezeichnung artikelbezeichnung materialkurztext | name 名称 | description
            category: category categorypath categoryname productcategory producttype fullcategory 类目 分类 品类 商品分类 商品类目 类目名称 warengruppe kategorie | type categoryid 类目id matkl
            brand: brand brandname vendor manufacturer 品牌 品牌名称 marke hersteller
            price: price listprice retailprice variantprice saleprice unitprice 价格 售价 零售价 吊牌价 一口价 标价 销售价 商品价格 preis listenpreis verkaufspreis
            unit_cost: unitcost cost costprice costperitem purchaseprice 成本 成本价 进价 采购价 stprs verpr einkaufspreis kosten
            brand_tier: brandtier 品牌等级 品牌层级
            stock: stock inventory inventoryqty inventoryquantity variantinventoryqty onhand stockqty 库存 库存数量 可售库存 库存量 labst bestand lagerbestand
            launched_on: launchedon launchdate releasedate onsaledate listingdate 上架时间 上架日期 上市日期 上市时间 | publishedat createdat createtime 创建时间 ersda
            audience_tags: audiencetags audience 适用人群 人群标签 目标人群
            use_cycle_days: usecycledays usecycle 使用周期 使用天数
            """;

    private static final String TIES = """
            koc_id: kocid ownerid staffid staffuserid employeeid followuserid followerid guideid salesid 员工id 员工账号 员工 添加人 添加人id 添加人账号 跟进人 跟进人id 导购id 导购编号 导购 群主 群主id | userid
            user_id: externaluserid friendid memberid customerid contactid fanid 客户id 客户编号 外部联系人id 外部联系人 好友id 成员id 会员id 会员编号 粉丝id 用户id | userid
            tie_type: tietype relation relationtype relationship 关系 关系类型 联系类型 | type 类型
            since: since addtime addedat createtime createdat 添加时间 建立时间 加入时间 关注时间 开始时间 startdate
            until: until deletetime deletedat enddate 删除时间 流失时间 退群时间 结束时间
            group_id: groupid chatid roomid 群id 群聊id 社群id
            scene: scene addway addsource 场景 添加方式 添加渠道 来源 添加来源
            """;

    private static final String COSTS = """
            day: day date costdate 日期 费用日期 datum
            koc_id: kocid staffid employeeid guideid 员工id 导购id
            channel: channel platform 渠道 平台
            cost_type: costtype type category 费用类型 类型 kostenart
            amount: amount cost money value 金额 费用 betrag
            """;

    private static final String ASSETS = """
            asset_id: assetid materialid scriptid 素材id 话术id id
            kind: kind assettype type 类型 素材类型
            stage: stage lifecyclestage 阶段
            category: category 类目 品类
            audience_tag: audiencetag audience 人群标签
            body: body text content 内容 正文
            approved: approved isapproved 已审核 是否审核
            """;

    private static final String CAMPAIGNS = """
            campaign_id: campaignid activityid 活动id id
            rule: rule 规则
            starts_on: startson startdate begindate 开始日期 开始时间
            ends_on: endson enddate 结束日期 结束时间
            product_id: productid sku itemid 商品id
            category: category 类目 品类
            brand: brand 品牌
            koc_type: koctype 类型
            koc_id: kocid 导购id
            county: county 区县
            """;

    private static final Map<Source, Map<String, List<List<String>>>> NAMES = new EnumMap<>(Map.of(
            Source.EVENTS, parse(EVENTS),
            Source.USERS, parse(USERS),
            Source.PRODUCTS, parse(PRODUCTS),
            Source.TIES, parse(TIES),
            Source.COSTS, parse(COSTS),
            Source.ASSETS, parse(ASSETS),
            Source.CAMPAIGNS, parse(CAMPAIGNS)));

    /** Names of columns that say the opposite of marketing_opt_out. */
    private static final Set<String> CONSENT = Set.of(
            "acceptsmarketing", "acceptsemailmarketing", "acceptssmsmarketing", "marketingconsent", "optin", "marketingoptin",
            "subscribed", "接收营销", "同意营销", "是否接收营销");

    private ColumnNames() {}

    /** Whether a column says yes where {@code marketing_opt_out} says no. */
    static boolean isOpposite(String target, String name) {
        return target.equals("marketing_opt_out") && CONSENT.contains(key(name));
    }

    private static Map<String, List<List<String>>> parse(String text) {
        Map<String, List<List<String>>> names = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            List<List<String>> groups = new ArrayList<>();
            for (String group : line.substring(colon + 1).split("\\|", -1)) {
                groups.add(Arrays.asList(group.strip().split("\\s+", -1)));
            }
            names.put(line.substring(0, colon), groups);
        });
        return names;
    }

    /**
     * How surely a column of a file is a column of ours by its name: 0 is our own name, 1 the first group of names, and so on;
     * -1 if the name says nothing. A nested column is also known by the last part of its name, less surely.
     */
    static int group(Source source, String target, String name) {
        if (name.equalsIgnoreCase(target)) {
            return 0;
        }
        if (source == Source.USERS && isOpposite(target, name)) {
            return 2;
        }
        List<List<String>> groups = NAMES.getOrDefault(source, Map.of()).getOrDefault(target, List.of());
        String key = key(name);
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).contains(key)) {
                return i + 1;
            }
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            int leaf = group(source, target, name.substring(dot + 1));
            return leaf < 0 ? -1 : leaf + 1;
        }
        return -1;
    }

    /** A name without case, blanks and punctuation: {@code User_ID}, {@code userId} and {@code user.id} become userid. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[（(].*[)）]$", "").replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
