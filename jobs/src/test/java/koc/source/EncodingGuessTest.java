package koc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encoding of a file, from its bytes. */
class EncodingGuessTest {
    @Test
    void koreanTextIsAskedForAndNotTakenForChinese() throws IOException {
        String text = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후" + "기니디리미비시이지치키티피히";
        for (String charset : List.of("EUC-KR", "GB18030")) {
            String of = charset.equals("EUC-KR")
                    ? text
                    : "我们的会员在商城里购买了很多东西这是一个测试文件其中有上千行数据请不要删除谢谢" + "北京上海广州深圳杭州成都武汉西安南京重庆天津苏州郑州长沙东莞沈阳青岛合肥佛山";
            EncodingGuess guess =
                    EncodingGuess.of(List.of(new SampledBlock(of.getBytes(Charset.forName(charset)), true, true)));

            assertThat(guess.isCertain()).as(guess.reason()).isEqualTo(charset.equals("GB18030"));
            assertThat(guess.reason().contains("EUC-KR")).as(charset).isEqualTo(charset.equals("EUC-KR"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'user,city\n1,Xian\n'                       , US-ASCII     , UTF-8        , true",
        "'会员,城市\n1,西安\n'                        , UTF-8        , UTF-8        , true",
        "'会员编号,城市,昵称\n1,西安,小红\n'          , GBK          , GB18030      , true",
        "'会员编号,城市,昵称\n1,西安,小红\n'          , UTF-16LE     , UTF-16LE     , true",
        "'会员编号,城市,昵称\n1,西安,小红\n'          , UTF-16BE     , UTF-16BE     , true",
        "'Kunde,Ort\nMüller,Köln\nWeiß,Größe\n'       , ISO-8859-1   , ISO-8859-1   , true",
        "'Client,Prix\nÉlodie,5 €\nBenoît,6 €\n'      , windows-1252 , windows-1252 , true",
        "'会員,都市,名前\n1,東京,さくら\n2,大阪,ひまわり\n', EUC-JP   , UTF-8        , false",
        "'會員編號,城市,暱稱\n1,臺北,張惠妹聽說讀寫\n', Big5         , UTF-8        , false"
    })
    void itIsTold(String text, String charset, String guessed, boolean isCertain) throws IOException {
        EncodingGuess guess =
                EncodingGuess.of(List.of(new SampledBlock(text.getBytes(Charset.forName(charset)), true, true)));

        assertThat(guess.name()).as(guess.reason()).isEqualTo(guessed);
        assertThat(guess.isCertain()).as(guess.reason()).isEqualTo(isCertain);
    }
}
