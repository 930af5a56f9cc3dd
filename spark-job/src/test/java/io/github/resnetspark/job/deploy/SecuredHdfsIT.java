package io.github.resnetspark.job.deploy;

import static io.github.resnetspark.job.deploy.ScriptedCluster.HDFS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.deploy.ScriptedCluster.Result;
import io.github.resnetspark.message.model.MachineFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prepares and trains on HDFS and YARN with Kerberos, of deploy/bin/local-cluster, for longer than HDFS's delegation tokens last.
 * Takes minutes and fixed ports, so it only runs with {@code mvn -Plocal-cluster verify}.
 */
@Tag("local-cluster")
@EnabledIf(
        value = "io.github.resnetspark.job.ThisBuild#isForSpark3",
        disabledReason = "it needs YARN, whose part of Spark 4.1 is not published")
class SecuredHdfsIT {
    private static final Duration LONGEST_TOKEN = Duration.ofSeconds(40);
    private static final int EPOCHS = 8;
    private static final String USER = "trainer@RESNETSPARK.TEST";
    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\tat ");
    /** Of the NameNode's audit: the time, how the user logged in, what he did, and the token that let him in. */
    private static final Pattern AUDIT = Pattern.compile(
            "^(\\d\\d:\\d\\d:\\d\\d) .*\\bugi=trainer\\S* \\(auth:(\\w+)\\).*\\bcmd=(\\w+)(?:.*\\btrackingId=(\\S+))?.*");

    @TempDir
    private static Path folder;

    private static ScriptedCluster cluster;
    private static String keytab;

    @BeforeAll
    static void up() throws Exception {
        cluster = new ScriptedCluster(Path.of("target", "secured-cluster").toAbsolutePath(), folder);
        keytab = cluster.home().resolve("kerberos/cluster.keytab").toString();
        cluster.run("down", "--delete");
        Result up = cluster.run("up", "--yarn", "--kerberos", Long.toString(LONGEST_TOKEN.toSeconds()));
        assertThat(up.exitCode()).as(up.said()).isZero();
        assertThat(up.said()).containsPattern("kdc  +running").containsPattern("name-node  +running");
    }

    @AfterAll
    static void down() throws Exception {
        // The logs of the daemons and containers are kept until the next run.
        assertThat(cluster.run("down").exitCode()).isZero();
    }

    @Test
    void aRunOutlivesItsTokensAndEndsWithTheSameParametersAsOneWithoutKerberos() throws Exception {
        cluster.prepare(60, HDFS, "--principal", USER, "--keytab", keytab);
        int before = accesses().size();
        Result trained = cluster.run(train("--principal", USER, "--keytab", keytab));

        assertThat(trained.exitCode()).as(trained.said()).isZero();
        assertThat(ours(trained)).noneMatch(line -> line.contains("keytab") || line.contains("trainer"));
        List<Access> accesses = accesses().stream().skip(before).toList();
        List<Access> issued = accesses.stream()
                .filter(access -> access.command().equals("getDelegationToken"))
                .toList();
        List<Access> withToken = accesses.stream()
                .filter(access -> access.login().equals("TOKEN"))
                .toList();
        // Only the driver has the keytab. Executors open the shards with a token, and later with others.
        assertThat(issued).allMatch(access -> access.login().equals("KERBEROS")).hasSizeGreaterThan(3);
        assertThat(withToken).extracting(Access::command).contains("open");
        assertThat(between(withToken)).isGreaterThan(LONGEST_TOKEN);
        assertThat(withToken.stream().collect(Collectors.groupingBy(Access::token)))
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        (token, itsAccesses) -> assertThat(between(itsAccesses)).isLessThanOrEqualTo(LONGEST_TOKEN));
        assertThat(executorsLogs()).allMatch(log -> log.contains("Updating delegation tokens for current user"));

        Result fetched = cluster.run(
                "fs",
                "-get",
                HDFS + "/models/secured",
                folder.resolve("secured").toString());
        assertThat(fetched.exitCode()).as(fetched.said()).isZero();
        assertThat(folder.resolve("secured/provenance.json")).content().doesNotContain("keytab");
        assertThat(parameters(folder.resolve("secured"))).isEqualTo(parameters(trainWithoutKerberos()));
    }

    @Test
    void withoutATicketACommandEndsWithOneSentence() throws Exception {
        Result refused = cluster.run(train());

        assertThat(refused.exitCode()).as(refused.said()).isEqualTo(1);
        assertThat(ours(refused))
                .singleElement()
                .isEqualTo(MachineFailures.noKerberosTicket("Client cannot authenticate via:[TOKEN, KERBEROS]"));
        assertThat(refused.said()).doesNotContainPattern(STACK_TRACE);
    }

    /**
     * One access to HDFS.
     *
     * @param login KERBEROS or TOKEN
     * @param token which one; null for a ticket
     */
    private record Access(LocalTime time, String login, String command, String token) {}

    /** From the first to the last. */
    private static Duration between(List<Access> accesses) {
        return Duration.between(
                accesses.get(0).time(), accesses.get(accesses.size() - 1).time());
    }

    private static List<Access> accesses() throws IOException {
        return Files.readAllLines(cluster.home().resolve("logs/name-node.log")).stream()
                .map(AUDIT::matcher)
                .filter(Matcher::matches)
                .map(line -> new Access(
                        LocalTime.parse(line.group(1), DateTimeFormatter.ISO_LOCAL_TIME),
                        line.group(2),
                        line.group(3),
                        line.group(4)))
                .toList();
    }

    private static List<String> executorsLogs() throws IOException {
        try (Stream<Path> logs = Files.walk(cluster.home().resolve("logs/containers"))) {
            return logs.filter(file -> file.endsWith("stderr"))
                    .map(SecuredHdfsIT::read)
                    .filter(log -> log.contains("Starting executor ID"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the command printed, without the note of the JVM. */
    private static List<String> ours(Result result) {
        return result.said()
                .lines()
                .filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"))
                .toList();
    }

    /** In one process, from shards of the same pictures on a local disk. */
    private static Path trainWithoutKerberos() throws Exception {
        embedded(Stream.concat(Stream.of("prepare"), settings(ScriptedCluster.preparation(folder, "file:" + folder))));
        embedded(Stream.concat(Stream.of("train"), settings(training("file:" + folder))));
        return folder.resolve("models/secured");
    }

    private static void embedded(Stream<String> command) throws Exception {
        Path said = folder.resolve("embedded.log");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(ShippedSparkSettingsTest.ROOT
                                        .resolve("deploy/bin/resnet-spark")
                                        .toString()),
                                command)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        assertThat(builder.start().waitFor()).as(Files.readString(said)).isZero();
    }

    /** 10 rounds of 2 workers × 2 minibatches × 16 pictures per epoch. */
    private static Stream<String> training(String place) {
        return Stream.of(
                "data.shards=" + place + "/shards",
                "model.dir=" + place + "/models/secured",
                "model.depth=8",
                "train.epochs=" + EPOCHS,
                "train.batch-size-per-replica=16",
                "averaging.every=2",
                "optimizer.warmup-epochs=1",
                "cluster.workers=2");
    }

    private static String[] train(String... options) {
        return Stream.of(Stream.of("submit"), Stream.of(options), Stream.of("train"), settings(training(HDFS)))
                .flatMap(words -> words)
                .toArray(String[]::new);
    }

    private static Stream<String> settings(Stream<String> settings) {
        return settings.flatMap(setting -> Stream.of("--set", setting));
    }

    /** The SHA-256 of a model's parameters. */
    private static String parameters(Path model) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(model.resolve("model.dl4j.zip")))) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().equals("coefficients.bin")) {
                entry = zip.getNextEntry();
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip.readAllBytes()));
        }
    }
}
