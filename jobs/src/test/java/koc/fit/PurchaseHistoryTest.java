package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import koc.SparkTest;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

class PurchaseHistoryTest extends SparkTest {
    private static final Dataset<Row> USER_PRODUCTS = PurchaseHistory.sumByUserAndProduct(
            rows(FeatureTables.USER_PRODUCT_DAYS, """
                    day        | user_id | product_id | purchase_lines | refunded_lines | units | refunded_units | gross_spend
                    2024-01-01 | a       | x          | 1              | 0              | 1     | 0              | 10
                    2024-01-20 | a       | x          | 1              | 0              | 2     | 0              | 20
                    2024-01-20 | a       | y          | 1              | 1              | 1     | 1              | 5
                    2024-02-01 | a       | x          | 1              | 0              | 9     | 0              | 90
                    """), day("2024-01-10"), day("2024-01-31"));

    @Test
    void purchasesAreSummedOverAllDaysAndInTheWindow() {
        assertThat(USER_PRODUCTS
                        .orderBy("product_id")
                        .select("product_id", "kept_units", "window_units", "kept_days", "first_day", "last_day")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[x,3.000,2.000,2,2024-01-01,2024-01-20], [y,0.000,0.000,0,null,null]]");
    }

    @Test
    void aDayWhosePurchaseWasGivenBackLaterDoesNotCount() {
        Dataset<Row> products = PurchaseHistory.sumByUserAndProduct(
                rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | purchase_lines | refunded_lines | units | refunded_units
                2024-01-05 | 2024-01-01 | a       | x          | 1              | 0              | 1     | 0
                2024-01-15 | 2024-01-11 | a       | x          | 1              | 0              | 1     | 0
                2024-01-25 | 2024-01-11 | a       | x          | 0              | 1              | 0     | 1
                2024-01-05 | 2024-01-01 | a       | part kept  | 1              | 0              | 3     | 0
                2024-01-25 | 2024-01-01 | a       | part kept  | 0              | 1              | 0     | 1
                """), day("2024-01-10"), day("2024-01-31"));

        assertThat(products.orderBy("product_id")
                        .select("product_id", "kept_units", "kept_days", "first_day", "last_day", "refunded_lines")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[part kept,2.000,1,2024-01-01,2024-01-01,1], [x,1.000,1,2024-01-01,2024-01-01,1]]");
    }

    @Test
    void theRowsHaveTheDeclaredColumns() {
        assertThat(List.of(USER_PRODUCTS.columns())).isEqualTo(PurchaseHistory.USER_PRODUCTS.columnNames());
        assertThat(Arrays.stream(USER_PRODUCTS.schema().fields()).map(StructField::dataType))
                .containsExactlyElementsOf(
                        Arrays.stream(PurchaseHistory.USER_PRODUCTS.schema().fields())
                                .map(StructField::dataType)
                                .toList());
    }

    @Test
    void onlyKeptPurchasesMakeABuyer() {
        Dataset<Row> portraits = SPARK.sql("SELECT 'a' AS user_id, 'p1' AS portrait_id");
        Dataset<Row> products =
                SPARK.sql("SELECT * FROM VALUES ('x', 'c', 'b'), ('y', 'c', 'b') AS t(product_id, path, brand)");

        List<Row> buyers = PurchaseHistory.selectBuyers(USER_PRODUCTS, portraits, products)
                .select("user_id", "product_id", "portrait_id", "path", "brand")
                .collectAsList();

        assertThat(buyers.toString()).isEqualTo("[[a,x,p1,c,b]]");
    }

    @Test
    void aUserWithTwoProductsOfACategoryIsOneBuyerOfIt() {
        Dataset<Row> buyers = rows(PurchaseHistory.BUYERS, """
                user_id | product_id | portrait_id | path
                a       | x          | p1          | c
                a       | y          | p1          | c
                b       | x          | p2          | c
                """);

        assertThat(PurchaseHistory.distinctBuyers(buyers, "path")
                        .orderBy("user_id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[a,p1,c], [b,p2,c]]");
    }
}
