package koc.portraits.groups;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import koc.portraits.transitions.OptimalAssignment;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The groups of products of a portrait model.
 *
 * @param members the products of all groups, most popular first
 * @param names of the groups, by id
 */
public record ProductGroups(List<Member> members, Map<String, String> names) {
    /** What distinguishes a group from a category among the inputs of a model. */
    public static final String PREFIX = "group:";

    public static final ProductGroups NONE = new ProductGroups(List.of(), Map.of());

    /** A group survives a refit when at least this fraction of the products of both groups is in both (Jaccard). */
    private static final double MIN_OVERLAP = 1.0 / 3;

    private static final StructType MAPPING = StructType.fromDDL("product_id STRING, group_id STRING");

    /**
     * A product of a group.
     *
     * @param weight cosine of the angle between the product and the centre of its group: how typical it is, up to 1
     * @param users sampled users who paid attention to it
     */
    public record Member(String product, String group, double weight, long users) {}

    /** The groups from the rows of product_groups of the day of the fit. */
    public static ProductGroups fromRows(List<Row> rows) {
        Map<String, String> names = new HashMap<>();
        List<Member> members = rows.stream()
                .map(row -> {
                    names.put(row.getAs("group_id"), row.getAs("name"));
                    return new Member(
                            row.getAs("product_id"), row.getAs("group_id"), row.getAs("weight"), row.getAs("users"));
                })
                .sorted(ProductGroupFit.MOST_POPULAR_FIRST)
                .toList();
        return new ProductGroups(members, Map.copyOf(names));
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The ids of the groups, from the group of the most popular product on. */
    public List<String> ids() {
        return members.stream().map(Member::group).distinct().toList();
    }

    /** The most popular products of each group, at most a number of each. */
    public List<String> popularProducts(int perGroup) {
        Map<String, Integer> counts = new HashMap<>();
        return members.stream()
                .filter(member -> counts.merge(member.group(), 1, Integer::sum) <= perGroup)
                .map(Member::product)
                .toList();
    }

    /** The most popular products of all groups together. */
    public List<String> mostPopular(int limit) {
        return members.stream().limit(limit).map(Member::product).toList();
    }

    /** product_id and group_id of all members. */
    public Dataset<Row> mapping(SparkSession spark) {
        List<Row> rows = members.stream()
                .map(member -> RowFactory.create(member.product(), member.group()))
                .toList();
        return spark.createDataFrame(rows, MAPPING);
    }

    /**
     * The same groups with the ids and names of the earlier groups that they continue. Groups are paired so that as many
     * products as possible stay together.
     */
    public ProductGroups continuing(ProductGroups earlier) {
        List<String> ids = ids();
        List<String> earlierIds = earlier.ids();
        Map<String, Set<String>> products = productsByGroup();
        Map<String, Set<String>> earlierProducts = earlier.productsByGroup();
        double[][] common = new double[ids.size()][earlierIds.size()];
        for (int i = 0; i < ids.size(); i++) {
            for (int j = 0; j < earlierIds.size(); j++) {
                common[i][j] = countCommon(group(products, ids.get(i)), group(earlierProducts, earlierIds.get(j)));
            }
        }
        int[] pairs = OptimalAssignment.columns(common);
        Map<String, String> stableIds = new HashMap<>();
        Map<String, String> keptNames = new HashMap<>(names);
        for (int i = 0; i < pairs.length; i++) {
            if (pairs[i] < 0) {
                continue;
            }
            String id = ids.get(i);
            String earlierId = earlierIds.get(pairs[i]);
            double union = group(products, id).size()
                    + group(earlierProducts, earlierId).size()
                    - common[i][pairs[i]];
            if (common[i][pairs[i]] >= MIN_OVERLAP * union) {
                stableIds.put(id, earlierId);
                keptNames.remove(id);
                keptNames.put(earlierId, earlier.names().getOrDefault(earlierId, earlierId));
            }
        }
        return new ProductGroups(
                members.stream()
                        .map(member -> new Member(
                                member.product(),
                                stableIds.getOrDefault(member.group(), member.group()),
                                member.weight(),
                                member.users()))
                        .toList(),
                Map.copyOf(keptNames));
    }

    /** Names the groups that have no name yet by their two most popular products; names are unique. */
    public ProductGroups named(Map<String, String> titles) {
        Map<String, String> all = new LinkedHashMap<>(names);
        Map<String, List<String>> best = members.stream()
                .collect(Collectors.groupingBy(
                        Member::group,
                        Collectors.mapping(
                                member -> titles.getOrDefault(member.product(), member.product()),
                                Collectors.toList())));
        for (String id : ids()) {
            if (!all.containsKey(id)) {
                List<String> products =
                        best.getOrDefault(id, List.of()).stream().distinct().toList();
                String name = String.join(", ", products.subList(0, Math.min(2, products.size())));
                String unique = name;
                for (int number = 2; all.containsValue(unique); number++) {
                    unique = name + " " + number;
                }
                all.put(id, unique);
            }
        }
        return new ProductGroups(members, Map.copyOf(all));
    }

    private Map<String, Set<String>> productsByGroup() {
        return members.stream()
                .collect(Collectors.groupingBy(
                        Member::group, Collectors.mapping(Member::product, Collectors.toUnmodifiableSet())));
    }

    private static Set<String> group(Map<String, Set<String>> products, String id) {
        return products.getOrDefault(id, Set.of());
    }

    private static double countCommon(Set<String> a, Set<String> b) {
        return a.stream().filter(b::contains).count();
    }
}
