package io.github.resnetspark.job.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    @Test
    void isOneLineForAllKindsOfLineSeparators() throws IOException {
        Map<String, String> report = Map.of("reason", "a" + LINE_ENDS + "z");

        String text = Outcome.json(report);

        assertThat(text).isEqualTo("{\"reason\":\"a\\n\\r\\u000B\\f\\u001C\\u001D\\u001E\\u0085\\u2028\\u2029z\"}");
        assertThat(new ObjectMapper().readTree(text).path("reason").asText()).isEqualTo("a" + LINE_ENDS + "z");
    }

    @Test
    void leavesNonAsciiTextAsItIs() {
        assertThat(Outcome.json(Map.of("labels", "chaton, Kätzchen, котёнок, 子猫, 🐱")))
                .isEqualTo("{\"labels\":\"chaton, Kätzchen, котёнок, 子猫, 🐱\"}");
    }
}
