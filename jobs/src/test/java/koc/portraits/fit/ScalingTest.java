package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.portraits.fit.Scaling.ScaledInput;
import koc.portraits.fit.Scaling.Transform;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private static final ScaledInput SPEND =
            new ScaledInput("net_spend_365d", null, Transform.LOG1P, 4, 2, 6, 4, 2, 0.5);
    private static final ScaledInput TEA = new ScaledInput("category:tea", 0.25, Transform.SQRT, 0.5, 0, 1, 0.5, 1, 1);

    @Test
    void aNumberIsTransformedCentredScaledAndWeighed() {
        assertThat(SPEND.apply(Math.expm1(5))).isCloseTo((5 - 4) / 2.0 * 0.5, within(1e-12));
    }

    @Test
    void extremeNumbersAreClipped() {
        assertThat(SPEND.apply(0.0)).isCloseTo((2 - 4) / 2.0 * 0.5, within(1e-12));
        assertThat(SPEND.apply(1e9)).isCloseTo((6 - 4) / 2.0 * 0.5, within(1e-12));
    }

    @Test
    void anUnknownNumberIsFilled() {
        assertThat(SPEND.apply(null)).isZero();
    }

    @Test
    void categoryFractionsAreMixedWithThePrior() {
        assertThat(Scaling.shrunkFraction(8, 10, 0.4, 5)).isCloseTo(10 / 15.0, within(1e-12));
        assertThat(Scaling.shrunkFraction(0, 0, 0.4, 0)).isEqualTo(0.4);
    }

    @Test
    void theVectorHasTheInputsInTheirOrder() {
        PortraitSample.User user =
                new PortraitSample.User(new Double[Scaling.NUMBERS.size()], new double[] {9}, 11, new double[1]);

        double[] vector = new Scaling(List.of(SPEND, TEA), 5).vector(user, List.of("tea"));

        assertThat(vector).hasSize(2).startsWith(0);
        assertThat(vector[1]).isCloseTo(Math.sqrt((9 + 5 * 0.25) / 16) - 0.5, within(1e-12));
    }

    @Test
    void everyTransformIsFoundByItsLabel() {
        for (Transform transform : Transform.values()) {
            assertThat(Transform.fromCode(transform.code())).isEqualTo(transform);
        }
        assertThatThrownBy(() -> Transform.fromCode("log2")).hasMessage("transform log2");
    }
}
