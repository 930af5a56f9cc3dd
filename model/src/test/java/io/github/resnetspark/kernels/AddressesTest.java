package io.github.resnetspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.kernels.provider.Addresses;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class AddressesTest {
    @Test
    void coversExactlyTheValuesOfAView() {
        INDArray all = Nd4j.createFromArray(0f, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        INDArray view = all.get(NDArrayIndex.interval(3, 7));

        FloatBuffer values = Addresses.values(view);

        assertThat(values.capacity()).isEqualTo(4);
        assertThat(values.get(0)).isEqualTo(3);
        values.put(3, -1);
        assertThat(all.getFloat(6)).isEqualTo(-1);
        assertThat(all.getFloat(7)).isEqualTo(7);
    }

    @Test
    void refusesAnArrayOfAnotherType() {
        assertThatThrownBy(() -> Addresses.of(Nd4j.create(DataType.DOUBLE, 2)))
                .hasMessage("The array is DOUBLE but must be FLOAT");
    }
}
