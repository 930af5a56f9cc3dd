package io.github.resnetspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyStopTest {
    @Test
    void isDueAfterThePatienceRunsOut() {
        assertThat(validationsUntilDue(new EarlyStop(3, 0), 0.5, 0.6, 0.6, 0.59, 0.6, 0.9))
                .isEqualTo(5);
    }

    @Test
    void restartsCountingAfterAnImprovement() {
        assertThat(validationsUntilDue(new EarlyStop(2, 0), 0.5, 0.4, 0.51, 0.5, 0.52, 0.5, 0.5))
                .isEqualTo(7);
    }

    @Test
    void ignoresImprovementsBelowTheDelta() {
        // Half a per cent more is not enough, but one and a half is.
        assertThat(validationsUntilDue(new EarlyStop(2, 0.01), 0.5, 0.505, 0.515, 0.52, 0.525))
                .isEqualTo(5);
    }

    @Test
    void isNeverDueWithoutPatience() {
        assertThat(validationsUntilDue(EarlyStop.NEVER, 0.5, 0.4, 0.3, 0.2, 0.1))
                .isZero();
    }

    /** 0 if it is never due. */
    private static int validationsUntilDue(EarlyStop rule, double... top1) {
        EarlyStop.Progress progress = EarlyStop.Progress.NONE;
        for (int validation = 1; validation <= top1.length; validation++) {
            progress = rule.after(progress, top1[validation - 1]);
            if (rule.isDue(progress)) {
                return validation;
            }
        }
        return 0;
    }
}
