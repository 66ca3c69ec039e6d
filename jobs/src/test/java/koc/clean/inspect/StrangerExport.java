package koc.clean.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.source.LandingFolder;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Exports as other systems make them: their names of columns, encodings, dates and words. */
enum StrangerExport {
    TAOBAO {
        @Override
        void write(LandingFolder landing) {
            Charset gbk = Charset.forName("GBK");
            String[] types = {"pv", "fav", "cart", "buy"};
            landing.bytes(
                    "events/用户行为.csv",
                    lines(
                                    "用户ID\t宝贝ID\t行为类型\t时间戳\t成交单价\t购买数量",
                                    EVENTS,
                                    i -> 100200 + user(i) + "\t" + (88000 + product(i))
                                            + "\t" + types[i % 4] + "\t" + epoch(i) + "\t"
                                            + (i % 4 == 3 ? price(i) : "") + "\t"
                                            + (i % 4 == 3 ? 1 + i % 2 : ""))
                            .getBytes(gbk));
            landing.bytes(
                    "users/会员.csv",
                    lines(
                                    "用户ID\t昵称\t所在省份\t所在城市\t性别\t注册时间",
                                    USERS,
                                    i -> 100200 + i + "\t小红" + i + "\t浙江\t杭州\t女\t2024/3/" + (1 + i % 28) + " 9:05")
                            .getBytes(gbk));
            landing.bytes(
                    "products/宝贝.csv",
                    lines(
                                    "宝贝ID\t宝贝标题\t类目\t一口价\t库存数量",
                                    PRODUCTS,
                                    i -> 88000 + i + "\t连衣裙" + i + "\t女装/连衣裙\t" + price(i) + "\t" + 10 * i)
                            .getBytes(gbk));
        }
    },
    YOUZAN {
        @Override
        void write(LandingFolder landing) {
            String[] states = {"交易完成", "已支付", "退款完成"};
            landing.file(
                    "events/订单.csv",
                    lines(
                            "订单号,订单状态,下单时间,客户编号,商品编码,商品名称,单价(元),数量,分销员",
                            EVENTS,
                            i -> "E2026" + (10000 + i / 2) + "," + states[i % 3] + "," + slashes(i) + ",KH" + user(i)
                                    + ",SP" + product(i) + ",面霜" + product(i) + ",\"¥1," + (200 + i) + ".00\","
                                    + (1 + i % 3) + ",KH" + (i % 5)));
            landing.file(
                    "users/客户.csv",
                    lines(
                            "客户编号,客户昵称,角色,成为客户时间,城市",
                            USERS,
                            i -> "KH" + i + ",小王" + i + "," + (i < 5 ? "门店导购" : "普通客户") + ",2025/" + (1 + i % 12)
                                    + "/3,成都"));
            landing.file(
                    "products/商品.csv",
                    lines(
                            "商品编码,商品名称,商品分类,售价,库存",
                            PRODUCTS,
                            i -> "SP" + i + ",面霜" + i + ",美妆->护肤->面霜,\"¥1," + (300 + i) + ".00\"," + i));
        }
    },
    SHOPIFY {
        @Override
        void write(LandingFolder landing) {
            landing.file(
                    "events/orders_export_1.csv",
                    lines(
                            "Name,Email,Financial Status,Paid at,Currency,Total,Lineitem quantity,Lineitem name,Lineitem"
                                    + " price,Lineitem sku,Created at,Id",
                            EVENTS,
                            i -> "#" + (1001 + i / 2) + ",shopper" + user(i) + "@example.com,"
                                    + (i % 9 == 0 ? "refunded" : "paid")
                                    + "," + offset(i) + ",USD,99.00," + (1 + i % 2) + ",\"Mug, blue\"," + price(i)
                                    + ",MUG-"
                                    + product(i) + "," + offset(i) + "," + (55550000L + i / 2)));
            landing.file(
                    "users/customers_export.csv",
                    lines(
                            "Customer ID,First Name,Email,Accepts Email Marketing,Default Address City,Default Address Province Code,Tags",
                            USERS,
                            i -> (7700L + i) + ",Ann" + i + ",shopper" + i + "@example.com,"
                                    + (i % 3 == 0 ? "no" : "yes") + ",Austin,TX,\"vip, newsletter\""));
            landing.file(
                    "products/products_export_1.csv",
                    lines(
                            "Handle,Title,Body (HTML),Vendor,Type,Variant SKU,Variant Price,Variant Inventory Qty,Cost per item",
                            PRODUCTS,
                            i -> "mug-" + i + ",Mug " + i + ",\"<p>A mug</p>\n<p>Blue</p>\",Acme,Kitchen,MUG-" + i + ","
                                    + price(i) + "," + i + ",3.10"));
        }
    },
    PANDAS {
        @Override
        void write(LandingFolder landing) {
            String[] types = {"view", "click", "buy"};
            parquet(landing, "events/events.parquet", """
                    message schema {
                      optional int64 event_time (TIMESTAMP(NANOS,false)); optional double user_id; optional double item_id;
                      optional binary behavior (STRING); optional double price; optional double qty;
                      optional int64 __index_level_0__;
                    }""", EVENTS, (row, i) -> {
                row.append("event_time", local(i).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L)
                        .append("user_id", 10000052.0 + user(i))
                        .append("item_id", 700.0 + product(i))
                        .append("behavior", types[i % 3])
                        .append("price", 9.5 + i)
                        .append("__index_level_0__", (long) i);
                if (i % 3 == 2) {
                    row.append("qty", 2.0);
                }
            });
            parquet(landing, "users/users.parquet", """
                    message schema {
                      optional int64 user_id; optional binary gender (STRING); optional binary city (STRING);
                      optional int64 signup_date (TIMESTAMP(NANOS,false));
                    }""", USERS, (row, i) -> row.append("user_id", 10000052L + i)
                    .append("gender", "female")
                    .append("city", "Wuhan")
                    .append("signup_date", 1_700_000_000_000_000_000L));
            parquet(landing, "products/items.parquet", """
                    message schema {
                      optional int64 item_id; optional binary name (STRING); optional binary category (STRING);
                      optional double price;
                    }""", PRODUCTS, (row, i) -> row.append("item_id", 700L + i)
                    .append("name", "item " + i)
                    .append("category", "home/kitchen")
                    .append("price", 12.5));
        }
    },
    FIREHOSE {
        @Override
        void write(LandingFolder landing) {
            String[] names = {"view_item", "add_to_cart", "purchase"};
            StringBuilder events = new StringBuilder();
            for (int i = 0; i < EVENTS; i++) {
                events.append(String.format(
                        Locale.ROOT,
                        "{\"eventId\":\"ev-%d\",\"eventTime\":%d123,\"userId\":\"usr-%d\",\"eventName\":\"%s\",\"properties\":"
                                + "{\"itemId\":\"it-%d\",\"price\":%s,\"quantity\":%d}}%s",
                        i,
                        epoch(i),
                        user(i),
                        names[i % 3],
                        product(i),
                        price(i),
                        1 + i % 3,
                        i % 10 == 9 ? "\n" : ""));
            }
            landing.file("events/stream-1-2026-01.json", events.toString());
            landing.file(
                    "users/users.jsonl",
                    lines(
                                    "",
                                    USERS,
                                    i -> "{\"userId\":\"usr-" + i
                                            + "\",\"createdAt\":\"2025-02-03T04:05:06Z\",\"userType\":\""
                                            + (i < 4 ? "staff" : "member")
                                            + "\",\"geo\":{\"city\":\"Leeds\"}}")
                            .strip());
            landing.file(
                    "products/items.json",
                    "[\n"
                            + IntStream.range(0, PRODUCTS)
                                    .mapToObj(i -> "  {\n    \"itemId\": \"it-" + i
                                            + "\",\n    \"name\": \"Lamp\",\n    \"price\": " + price(i) + "\n  }")
                                    .collect(Collectors.joining(",\n"))
                            + "\n]\n");
        }
    },
    SNOWFLAKE {
        @Override
        void write(LandingFolder landing) {
            String[] names = {"VIEW", "ADD_TO_CART", "PURCHASE"};
            landing.file(
                    "events/data_0_0_0.csv.gz",
                    lines(
                            "\"EVENT_ID\",\"EVENT_TS\",\"CUSTOMER_ID\",\"EVENT_NAME\",\"SKU\",\"UNIT_PRICE\",\"QTY\"",
                            EVENTS,
                            i -> "\"" + i + "\",\"" + offset(i).replace(" +", ".000 +") + "\",\"C" + user(i) + "\",\""
                                    + names[i % 3] + "\",\"S" + product(i) + "\","
                                    + (i % 3 == 2 ? price(i) + ",2.0" : "\\N,\\N")));
            landing.file(
                    "users/data_0_0_0.csv",
                    lines(
                            "CUSTOMER_ID,SIGNUP_DATE,STATE,CITY,OPT_OUT",
                            USERS,
                            i -> "C" + i + ",2025-03-04,TX,Austin," + (i % 2 == 0 ? "TRUE" : "\\N")));
            landing.file(
                    "products/data_0_0_0.csv",
                    lines(
                            "SKU,PRODUCT_NAME,BRAND_NAME,LIST_PRICE",
                            PRODUCTS,
                            i -> "S" + i + ",Chair,Acme," + price(i)));
        }
    },
    SAP {
        @Override
        void write(LandingFolder landing) {
            Charset latin = StandardCharsets.ISO_8859_1;
            landing.bytes(
                    "events/VBAP.csv",
                    lines(
                                    "VBELN;POSNR;AUART;ERDAT;KUNNR;MATNR;KWMENG;NETPR;WAERK",
                                    EVENTS,
                                    i -> (90000000 + i / 2) + ";"
                                            + (10 * (1 + i % 2)) + ";" + (i % 8 == 0 ? "Retoure" : "Verkauf") + ";"
                                            + dots(i) + ";" + kunde(user(i))
                                            + ";MAT-" + product(i) + ";" + (1 + i % 2) + ",000;1.2" + (10 + i % 80)
                                            + ",50;EUR")
                            .getBytes(latin));
            landing.bytes(
                    "users/KNA1.csv",
                    lines(
                                    "KUNNR;NAME1;ORT01;REGIO;ERDAT",
                                    USERS,
                                    i -> kunde(i) + ";Jürgen Müller;Köln;NW;03.0" + (1 + i % 9) + ".2024")
                            .getBytes(latin));
            landing.bytes(
                    "products/MARA.csv",
                    lines(
                                    "MATNR;MAKTX;Warengruppe;Listenpreis;STPRS;LABST",
                                    PRODUCTS,
                                    i -> "MAT-" + i + ";Größe " + i + ";Möbel;1.399,00;799,90;" + i + ",000")
                            .getBytes(latin));
        }

        private String kunde(int i) {
            return String.format(Locale.ROOT, "%010d", 4711 + i);
        }
    },
    WECOM {
        @Override
        void write(LandingFolder landing) {
            String[] actions = {"浏览商品", "加购", "购买商品", "咨询商品"};
            landing.file(
                    "events/行为.csv",
                    lines(
                            "事件编号,发生时间,外部联系人ID,行为,商品编码,单价,数量,导购ID",
                            EVENTS,
                            i -> "XW" + i + "," + chinese(i)
                                    + ",wm" + user(i) + "," + actions[i % 4] + ",P" + product(i) + ","
                                    + (i % 4 == 2 ? "￥39.9,1" : "-,-") + ",wm"
                                    + i % 4));
            landing.file(
                    "users/客户.csv",
                    lines(
                            "外部联系人ID,客户昵称,角色,添加时间,客户标签,所属门店",
                            USERS,
                            i -> "wm" + i + ",阿明" + i + "," + (i < 4 ? "店员" : "普通客户") + ",2025年3月4日,高意向;老客,一店"));
            landing.file("products/商品.csv", lines("商品编码,商品名称,品牌,零售价", PRODUCTS, i -> "P" + i + ",奶粉,甲,￥49.9"));
            landing.file(
                    "ties/联系人.csv",
                    lines(
                            "导购ID,外部联系人ID,关系类型,添加时间,添加方式",
                            USERS,
                            i -> "wm" + i % 4 + ",wm" + i + "," + (i % 2 == 0 ? "企业微信好友" : "客户群")
                                    + ",2025年3月4日,扫描二维码"));
        }
    },
    BIGQUERY {
        @Override
        void write(LandingFolder landing) {
            String[] names = {"view_item", "add_to_cart", "purchase"};
            parquet(landing, "events/events_20260131.parquet", """
                    message schema {
                      required binary event_id (STRING); required int64 event_timestamp; required binary event_name (STRING);
                      optional group user { optional binary id (STRING); optional binary pseudo_id (STRING); }
                      optional group product { optional binary sku (STRING); optional double price; }
                      optional group ecommerce { optional binary transaction_id (STRING); optional int64 quantity; }
                      repeated group params { optional binary key (STRING); }
                    }""", EVENTS, (row, i) -> {
                row.append("event_id", "bq" + i)
                        .append("event_timestamp", epoch(i) * 1_000_000L)
                        .append("event_name", names[i % 3]);
                row.addGroup("user").append("id", "U" + user(i)).append("pseudo_id", "x" + i);
                row.addGroup("product").append("sku", "K" + product(i)).append("price", 5.25 + i);
                if (i % 3 == 2) {
                    row.addGroup("ecommerce").append("transaction_id", "T" + i).append("quantity", 1L);
                }
            });
            parquet(landing, "users/users.parquet", """
                    message schema {
                      optional group user { optional binary id (STRING); }
                      optional int64 created (TIMESTAMP(MICROS,true));
                      optional group geo { optional binary region (STRING); optional binary city (STRING); }
                    }""", USERS, (row, i) -> {
                row.append("created", 1_700_000_000_000_000L);
                row.addGroup("user").append("id", "U" + i);
                row.addGroup("geo").append("region", "Texas").append("city", "Austin");
            });
            parquet(landing, "products/products.parquet", """
                    message schema {
                      optional group product {
                        optional binary sku (STRING); optional binary title (STRING); optional binary list_price (DECIMAL(9,2));
                      }
                    }""", PRODUCTS, (row, i) -> row.addGroup("product")
                    .append("sku", "K" + i)
                    .append("title", "Kettle")
                    .append(
                            "list_price",
                            org.apache.parquet.io.api.Binary.fromConstantByteArray(new byte[] {0x10, (byte) i})));
        }
    },
    EXCEL {
        @Override
        void write(LandingFolder landing) {
            landing.file(
                    "events/Sales January.csv",
                    "\uFEFFSales January,,,,,,\r\n"
                            + lines(
                                            "Order No,Order Date,Member No,Event,SKU,Unit Price,Qty",
                                            EVENTS,
                                            i -> "SO" + (500 + i) + ","
                                                    + american(i) + ",M" + user(i) + "," + (i % 7 == 0 ? "退货" : "购买")
                                                    + ",A-" + product(i)
                                                    + ",\"1,2" + (10 + i % 80) + ".00\"," + (1 + i % 2))
                                    .replace("\n", "\r\n")
                            + "Total,,,,,\"151,740.00\",180\r\n,,,,,,\r\n");
            landing.file(
                    "users/Members.csv",
                    "\uFEFF"
                            + lines(
                                    "Member No,Nickname,Join Date,City",
                                    USERS,
                                    i -> "M" + i + ",Lee" + i + ",2025/3/" + (1 + i % 28) + ",Xiamen"));
            landing.file(
                    "products/Products.csv",
                    "\uFEFF"
                            + lines(
                                    "SKU,Name,Category,Retail Price,Stock",
                                    PRODUCTS,
                                    i -> "A-" + i + ",Tea " + i + ",drinks > tea,\"1,399.00\"," + i)
                            + "合计,,,\"83,940.00\",1770\n");
        }
    };

    static final int EVENTS = 120;
    static final int USERS = 60;
    static final int PRODUCTS = 60;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Writes events, users and products into a landing folder. */
    abstract void write(LandingFolder landing);

    static int user(int i) {
        return i * 7 % USERS;
    }

    static int product(int i) {
        return i * 11 % PRODUCTS;
    }

    static String price(int i) {
        return (20 + i % 50) + ".90";
    }

    /** A time in January 2026, the last on its last day. */
    static LocalDateTime local(int i) {
        return LocalDateTime.of(2026, 1, 31 - i % 31, 8 + i % 12, i % 60, i * 7 % 60);
    }

    static long epoch(int i) {
        return local(i).atZone(ZONE).toEpochSecond();
    }

    private static String formatted(int i, String pattern) {
        return local(i).format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    static String slashes(int i) {
        return formatted(i, "yyyy/M/d HH:mm:ss");
    }

    static String dots(int i) {
        return formatted(i, "dd.MM.yyyy");
    }

    static String american(int i) {
        return formatted(i, "M/d/yyyy H:mm");
    }

    static String chinese(int i) {
        return formatted(i, "yyyy年M月d日 HH:mm");
    }

    static String offset(int i) {
        return formatted(i, "yyyy-MM-dd HH:mm:ss") + " +0800";
    }

    static String lines(String header, int rows, IntFunction<String> row) {
        return header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
    }

    /** Fills a row of a Parquet file. */
    interface Filler {
        void fill(Group row, int index);
    }

    static void parquet(LandingFolder landing, String name, String schema, int rows, Filler filler) {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        Path file = Path.of(landing.path(), name);
        try {
            java.nio.file.Files.createDirectories(file.getParent());
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                    .withType(type)
                    .build()) {
                SimpleGroupFactory groups = new SimpleGroupFactory(type);
                for (int i = 0; i < rows; i++) {
                    Group row = groups.newGroup();
                    filler.fill(row, i);
                    writer.write(row);
                }
            }
            java.nio.file.Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<StrangerExport> all() {
        return List.of(values());
    }
}
