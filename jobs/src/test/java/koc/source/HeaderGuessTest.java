package koc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderGuessTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user_id,city,since | u1,Xian,2024-01-01 u2,Lhasa,2024-01-02 | false
            会员编号,城市       | 1,西安 2,西安                            | false
            city,gender        | Xian,f Xian,f                           | false
            is_vip,city        | is_vip,Xian ,Xian                       | false
            id,f1              | 1,a5 2,b6                               | false
            user_id,city       | user_id,city u1,Xian                    | false
            only,names         |                                         | false
            u1,Xian            | u2,Lhasa u30,Wuhan                      | true
            Ann,7              | Bob,8                                   | true
            Ann,2024-01-01     |                                         | true
            Ann,ann@shop.test  | Bob,bob@shop.test                       | true
            Ann,5f2b9c01d3e4a6b7c8 | Bob,0a1b2c3d4e5f607182              | true
            oGZUI0egBJY1zhBYw2KhdUfwVJJE,张三 |                         | true
            wxid_7f3k,张三     |                                         | true
            张三,11010519491231002X |                                   | true
            张三,138****8000   |                                         | true
            张三,女,北京        | 李四,女,北京 王五,男,上海                | true
            张三,女            | 李四,女 王五,男                          | false""")
    void aRowIsToldFromNames(String first, String below, boolean isRow) {
        List<List<String>> rows = below == null
                ? List.of()
                : Arrays.stream(below.split(" +")).map(HeaderGuessTest::values).toList();

        assertThat(HeaderGuess.isRow(values(first), rows)).isEqualTo(isRow);
    }

    private static List<String> values(String line) {
        return List.of(line.split(",", -1));
    }
}
