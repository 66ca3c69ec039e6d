package koc.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import koc.warehouse.Table;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Pattern MONEY = Pattern.compile("(margin|net_spend|net_sales|average_order|mean_net_spend).*");
    private static final Pattern NO_MONEY = Pattern.compile(".*_(rate|fraction|factor|lift|exponent)");

    @Test
    void moneyIsPublishedWithTwoDecimals() {
        for (Table table : Catalog.tables()) {
            Arrays.stream(table.schema().fields())
                    .filter(field -> table.isPublished() && field.dataType().equals(DataTypes.DoubleType))
                    .map(field -> field.name())
                    .filter(name -> MONEY.matcher(name).matches()
                            && !NO_MONEY.matcher(name).matches())
                    .forEach(name -> assertThat(table.publishedDecimals().get(name))
                            .as(table.name() + "." + name)
                            .isEqualTo(2));
        }
    }
}
