package io.github.resnetspark.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AveragingScheduleTest {
    @Test
    void changesAtTheFractionsOfTheRun() {
        AveragingSchedule schedule = new AveragingSchedule(List.of(1, 4, 16), List.of(0.1, 0.5), 20, 1, 0);

        assertThat(List.of(0.0, 1.999, 2.0, 9.99, 10.0, 20.0))
                .extracting(schedule::at)
                .containsExactly(1, 1, 4, 4, 16, 16);
        assertThat(schedule.inWords()).isEqualTo("1, then 4, then 16");
    }

    @Test
    void hasASeparateValueDuringTheWarmup() {
        AveragingSchedule schedule = new AveragingSchedule(List.of(8, 16), List.of(0.1), 20, 1, 5);

        assertThat(List.of(0.0, 2.0, 4.999, 5.0)).extracting(schedule::at).containsExactly(1, 1, 1, 16);
    }

    @Test
    void canBeConstant() {
        assertThat(AveragingSchedule.always(10).at(0)).isEqualTo(10);
        assertThat(AveragingSchedule.always(10).at(100)).isEqualTo(10);
    }

    @Test
    void rejectsAWrongNumberOfValues() {
        assertThatThrownBy(() -> new AveragingSchedule(List.of(1, 2), List.of(), 20, 1, 0))
                .hasMessage("0 milestones need 1 values, not 2.");
    }
}
