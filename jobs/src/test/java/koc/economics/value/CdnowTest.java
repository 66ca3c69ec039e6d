package koc.economics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CdnowTest {
    @Test
    void publishedParameters() throws IOException {
        Cdnow cdnow = Cdnow.sample();
        MaximumLikelihood fit = MaximumLikelihood.fit(new BgNbdLikelihood(cdnow.histories()), 2357, new double[] {1, 1, 1, 1});
        System.out.println(java.util.Arrays.toString(fit.parameters()) + java.util.Arrays.toString(fit.errors()) + fit.converged() + fit.logLikelihood());
        MaximumLikelihood value = MaximumLikelihood.fit(cdnow.values(), 946, new double[] {1, 2, 10}, new double[] {6, 4, 15});
        System.out.println(java.util.Arrays.toString(value.parameters()) + java.util.Arrays.toString(value.errors()) + value.converged());
        BgNbd model = new BgNbd(.243, 4.414, .793, 2.426);
        System.out.println(model.expectedOrders(39, 2, 30.43, 38.86));
        assertThat(fit.parameters()[0]).isCloseTo(.243, within(5e-4));
    }
}
