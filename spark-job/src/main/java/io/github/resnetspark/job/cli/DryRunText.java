package io.github.resnetspark.job.cli;

import io.github.resnetspark.job.run.DryRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code train --dry-run} reports. */
final class DryRunText {
    private DryRunText() {}

    static Outcome outcome(DryRun.Report run) {
        DryRun.Speed pace = run.pace();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ready", true);
        json.put("network", run.network());
        json.putAll(run.preflight().toMap());
        json.put("secondsPerMinibatch", pace.secondsPerMinibatch());
        json.put("secondsPerAveraging", pace.secondsPerAveraging());
        json.put("secondsPerEpoch", pace.secondsPerEpoch());
        List<String> lines = new ArrayList<>(run.preflight().lines());
        lines.addAll(run.preflight().notes());
        lines.add(String.format(
                Locale.ROOT,
                "a minibatch takes %.3g s, an averaging %.3g s: about %s an epoch and %s for %d,"
                        + " validations and checkpoints not counted",
                pace.secondsPerMinibatch(),
                pace.secondsPerAveraging(),
                time(pace.secondsPerEpoch()),
                time(pace.secondsPerEpoch() * run.epochs()),
                run.epochs()));
        lines.add(run.network() + " is ready to be trained; nothing was written.");
        return Outcome.done(json, String.join("\n", lines));
    }

    /** «3 h 5 min», «4 min 10 s» or «7 s». */
    static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
