package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code deploy/bin/local-cluster up} refuses, before it starts or writes anything, or leaves anything behind. */
class LocalClusterOptionsTest {
    private static final Path SCRIPT = ShippedSparkSettingsTest.ROOT.resolve("deploy/bin/local-cluster");

    @TempDir
    Path folder;

    private Path programs;
    private Path cluster;
    private String path;
    private String java = "";
    private String line = "";

    @BeforeEach
    void putOurProgramsFirst() throws IOException {
        programs = Files.createDirectories(folder.resolve("bin"));
        cluster = folder.resolve("cluster");
        path = programs + File.pathSeparator + System.getenv("PATH");
    }

    @Test
    void aPathThatHdfsCannotUse() throws Exception {
        cluster = folder.resolve("a b");

        assertRefused(
                "HDFS cannot store its files in " + cluster
                        + ". Set RESNET_SPARK_CLUSTER to a path of ASCII letters, digits, /, ., - and _.",
                List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    --cores   | 0   | --cores is '0' but must be a number from 1 to 99. Leave it out for 1.
                    --workers | 100 | --workers is '100' but must be a number from 1 to 99. Leave it out for 2.
                    --kerberos | 0  | --kerberos is '0' but must be a number from 1 to 99. Leave it out for a cluster without Kerberos.
                    --memory  | 6   | --memory is '6' but must be a size as Spark writes it, e.g. 6g or 6000m. Leave it out for 4g.
                    --delay   | 1ms | '--delay' is not an option of up. Use --workers N, --cores N, --memory SIZE, --network RATE, --kerberos SECONDS or --yarn.
                    """)
    void wrongOptions(String option, String value, String refusal) throws Exception {
        assertRefused(refusal, List.of(option, value));
    }

    @Test
    void yarnOnANetworkOfItsOwn() throws Exception {
        assertRefused(
                "--yarn and --network cannot be combined, because YARN's processes are on 127.0.0.1. Leave out one of"
                        + " them.",
                List.of("--yarn", "--network", "1gbit"));
    }

    @Test
    void kerberosOnANetworkOfItsOwn() throws Exception {
        assertRefused(
                "--kerberos and --network cannot be combined, because the KDC is on 127.0.0.1. Leave out one of them.",
                List.of("--kerberos", "60", "--network", "1gbit"));
    }

    @Test
    void yarnOnSpark4() throws Exception {
        line = "4";

        assertRefused(
                "--yarn needs the part of Spark 4.1 for YARN, which is not on Maven Central. Leave out --yarn, or leave"
                        + " out RESNET_SPARK_LINE for Spark 3.5.",
                List.of("--yarn"));
    }

    @Test
    void anUnknownLineOfSpark() throws Exception {
        line = "5";

        assertRefused(
                "RESNET_SPARK_LINE is '5' but must be 3 or 4. Set it to 4 for Spark 4.1 or 4.2, or leave it out for"
                        + " Spark 3.5.",
                List.of());
    }

    @Test
    void aContainerWithoutRoomOutsideTheHeap() throws Exception {
        assertRefused(
                "--memory is 2048m but a container needs more than its executor's heap of 2g. Raise it, or lower"
                        + " RESNET_SPARK_EXECUTOR_HEAP.",
                List.of("--yarn", "--memory", "2048m"));
    }

    @ParameterizedTest
    @CsvSource({"1gb", "10", "0mbit", "'1gbit,1ms'", "'1gbit,delay 1'", "'1gbit,delay 1ms,loss 1%'"})
    void aNetworkThatIsNoRate(String network) throws Exception {
        assertRefused(
                "--network is '" + network
                        + "' but must be a rate as tc writes it, e.g. 500mbit, or a rate and a delay,"
                        + " e.g. '1gbit,delay 1ms'. Correct it, or leave it out for 127.0.0.1.",
                List.of("--network", network));
    }

    @Test
    void aNetworkWithoutRoot() throws Exception {
        create("id", "echo 1000");

        assertRefused(
                "The network of a cluster is made of network namespaces, which only root may use. Run the command as"
                        + " root.",
                List.of("--network", "1gbit"));
    }

    @Test
    void aNetworkWithoutTc() throws Exception {
        create("id", "echo 0");
        create("ip", "exit 1");
        for (String needed : List.of("bash", "cut", "dirname", "locale", "ls", "readlink", "sha256sum")) {
            Path found = Path.of(run(List.of("bash", "-c", "command -v " + needed), path)
                    .lines()
                    .findFirst()
                    .orElseThrow());
            Files.createSymbolicLink(programs.resolve(needed), found);
        }
        path = programs.toString();

        assertRefused(
                "The command 'tc', which makes the network of a cluster, was not found. Install iproute2 and"
                        + " util-linux.",
                List.of("--network", "1gbit"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    tbf   | tc cannot limit a link to 1gbit: Error: there is no tbf. Use a kernel with tbf, or another rate.
                    netem | tc cannot delay packets by 1ms: Error: there is no netem. Use a kernel with netem, or leave out the delay.
                    """)
    void aNetworkThatTheKernelCannotShape(String missing, String refusal) throws Exception {
        create("id", "echo 0");
        create("ip", "exit 0");
        create("nsenter", "exit 0");
        create(
                "tc",
                "[[ \"$*\" != *" + missing + "* ]] || { echo 'Error: there is no " + missing + ".' >&2; exit 2; }");

        assertRefused(refusal, List.of("--network", "1gbit,delay 1ms"));
    }

    @Test
    void aNetworkWhoseBridgeCannotBeMade() throws Exception {
        Path namespaces = createIp("[[ \"$*\" != *'type bridge'* ]] || { echo 'Error: there is no bridge'; exit 2; }");

        assertThat(up("--network", "1gbit"))
                .isEqualTo("The network cannot be made: Error: there is no bridge. Run the command where root may make"
                        + " network namespaces, or leave out --network.\n1\n");

        assertThat(namespaces).isEmptyDirectory();
    }

    @Test
    void aProgramThatCannotBeBuilt() throws Exception {
        Path namespaces = createIp("");
        create("nsenter", "exit 0");
        create("tc", "exit 0");
        java = "/nowhere";

        assertThat(up("--network", "1gbit")).startsWith("The command '/nowhere/bin/java' was not found.");

        assertThat(namespaces).isEmptyDirectory();
    }

    @Test
    void namespacesOfAnEarlierStartAreDeletedHoweverTheFolderIsWritten() throws Exception {
        Path namespaces = createIp("[ ! -e keep ] || [ $2 != delete ] || exit 0");
        create("nsenter", "exit 0");
        create("tc", "exit 0");
        java = "/nowhere";
        Path keep = Files.createFile(folder.resolve("keep"));
        up("--network", "1gbit");
        assertThat(namespaces).isNotEmptyDirectory();
        Files.delete(keep);
        cluster = folder.resolve("bin/../cluster/");

        up();

        assertThat(namespaces).isEmptyDirectory();
    }

    /**
     * Creates the program {@code ip}, which keeps the namespaces as files of a folder.
     *
     * @param first what it does before
     */
    private Path createIp(String first) throws IOException {
        Path namespaces = Files.createDirectories(folder.resolve("namespaces"));
        create("id", "echo 0");
        create(
                "ip",
                String.join(
                        "\n",
                        "cd '" + folder + "'",
                        first,
                        "case \"$1 $2\" in",
                        "'netns add') touch \"namespaces/$3\" ;;",
                        "'netns list') ls namespaces ;;",
                        "'netns delete') rm \"namespaces/$3\" ;;",
                        "esac"));
        return namespaces;
    }

    private String up(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString(), "up"));
        command.addAll(List.of(options));
        return run(command, path);
    }

    private void assertRefused(String refusal, List<String> options) throws Exception {
        assertThat(up(options.toArray(String[]::new))).isEqualTo(refusal + "\n2\n");
        assertThat(cluster).doesNotExist();
    }

    private void create(String program, String commands) throws IOException {
        Path file = Files.createFile(
                programs.resolve(program),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(file, "#!/bin/bash\n" + commands + "\n");
    }

    /** Its output, and then its exit code on a separate line. */
    private String run(List<String> command, String path) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        builder.environment().put("RESNET_SPARK_CLUSTER", cluster.toString());
        if (!java.isEmpty()) {
            builder.environment().put("JAVA_HOME", java);
        }
        if (!line.isEmpty()) {
            builder.environment().put("RESNET_SPARK_LINE", line);
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said + process.exitValue() + "\n";
    }
}
