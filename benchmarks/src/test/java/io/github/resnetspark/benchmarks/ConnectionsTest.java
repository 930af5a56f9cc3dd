package io.github.resnetspark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Set<Long> EXECUTORS = Set.of(11L, 12L);

    @Test
    void bytesBetweenExecutorsAreToldFromThoseOfTheDriver() {
        Connections before = connections(1000, 2000, 300);
        Connections after = connections(1700, 2050, 390);

        // 700 bytes from 11 to 12, 50 bytes from 12 to 11, and 90 from 12 to the driver, which sends 5 in both.
        assertThat(after.since(before, EXECUTORS)).isEqualTo(new Connections.Traffic(750, 90));
    }

    @Test
    void aConnectionThatIsOpenedLaterCountsFromItsStart() {
        Connections before = Connections.parse(List.of());

        assertThat(connections(1000, 2000, 300).since(before, EXECUTORS)).isEqualTo(new Connections.Traffic(3000, 300));
    }

    @Test
    void aConnectionOfAnExecutorWithItselfIsNoTraffic() {
        Connections own = Connections.parse(List.of(
                line("127.0.0.1:40", "127.0.0.1:41", 11, 70, 0), line("127.0.0.1:41", "127.0.0.1:40", 11, 0, 70)));

        assertThat(own.since(Connections.parse(List.of()), EXECUTORS)).isEqualTo(new Connections.Traffic(0, 0));
    }

    @Test
    void linesThatAreNoOpenConnectionsAreSkipped() {
        assertThat(Connections.parse(
                                List.of(
                                        "",
                                        "TIME-WAIT 0      0          127.0.0.1:40       127.0.0.1:41   ",
                                        "SYN-SENT  0      1          127.0.0.1:42       127.0.0.1:43   users:((\"java\",pid=1,fd=2))"))
                        .all())
                .isEmpty();
    }

    /** Executors 11 and 12 have one connection, and the driver, 10, has one with 12. */
    private static Connections connections(long from11, long from12, long toDriver) {
        return Connections.parse(List.of(
                line("[::ffff:127.0.0.1]:40", "[::ffff:127.0.0.1]:41", 11, from11, from12),
                line("127.0.0.1:41", "127.0.0.1:40", 12, from12, from11),
                line("127.0.0.1:50", "127.0.0.1:51", 12, toDriver, 5),
                line("127.0.0.1:51", "127.0.0.1:50", 10, 5, toDriver)));
    }

    /** A line as {@code ss} prints it. */
    private static String line(String here, String there, int process, long sent, long received) {
        return "ESTAB 0      0      " + here + " " + there + " users:((\"java\",pid=" + process
                + ",fd=53)) \t cubic wscale:7,7 rto:204 mss:32741 cwnd:10 bytes_sent:" + (sent + 9) + " bytes_retrans:9"
                + " bytes_acked:" + sent + " bytes_received:" + received + " segs_out:3";
    }
}
