package io.github.resnetspark.job.report;

import io.github.resnetspark.storage.AtomicFile;
import io.github.resnetspark.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Makes the report of a run again, or of several to compare them. */
public final class ReportJob {
    private final Storage storage;

    public ReportJob(Configuration configuration) {
        this.storage = Storage.of(configuration);
    }

    /**
     * Writes a page.
     *
     * @param runs model directories or run directories, at least one
     * @param to the page to write or overwrite
     * @throws io.github.resnetspark.failure.FailureException if one is no run, or a file of it is damaged
     */
    public void write(List<URI> runs, URI to) throws IOException {
        List<RunReport> reports = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (URI run : runs) {
            RunReport report = RunReport.read(storage, new Path(run));
            String name = report.name();
            for (int number = 2; !names.add(name); number++) {
                name = report.name() + " (" + number + ")";
            }
            reports.add(report.named(name));
        }
        new AtomicFile(storage, new Path(to)).replace(ReportPage.of(reports).document());
    }
}
