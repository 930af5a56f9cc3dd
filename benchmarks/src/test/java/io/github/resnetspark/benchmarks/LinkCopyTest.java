package io.github.resnetspark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinkCopyTest {
    @Test
    @Timeout(120)
    void twoProcessesCopyToEachOther() throws Exception {
        // Not a multiple of what is written at once.
        assertThat(LinkCopy.seconds(Node.HERE, Node.HERE, (3 << 20) + 17)).isPositive();
    }
}
