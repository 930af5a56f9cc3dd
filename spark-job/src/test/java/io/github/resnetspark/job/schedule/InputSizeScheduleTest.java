package io.github.resnetspark.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputSizeScheduleTest {
    @ParameterizedTest
    @CsvSource({"0, 128", "4.99, 128", "5, 160", "7.99, 160", "8, 192", "9.9, 192", "12, 192"})
    void changesAtEachMilestone(double epoch, int size) {
        InputSizeSchedule schedule = new InputSizeSchedule(List.of(128, 160, 192), List.of(0.5, 0.8), 10);

        assertThat(schedule.at(epoch)).isEqualTo(size);
    }

    @Test
    void withoutMilestonesStaysTheSame() {
        assertThat(InputSizeSchedule.always(224).at(0)).isEqualTo(224);
        assertThat(InputSizeSchedule.always(224).at(90)).isEqualTo(224);
    }

    @Test
    void needsOneSizeMoreThanMilestones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputSizeSchedule(List.of(128), List.of(0.5), 10))
                .withMessage("1 milestones need 2 values, not 1.");
    }
}
