package io.github.resnetspark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockOwnerTest {
    @Test
    void thisProcessIsAlive() {
        assertThat(LockOwner.ofThisProcess().isAlive()).contains(true);
    }

    @Test
    void aProcessWithAnotherStartTimeIsAnotherProcess() {
        assertThat(owner(ProcessHandle.current().pid(), "1").isAlive()).contains(false);
    }

    @Test
    void aZombieIsDead() throws IOException, InterruptedException {
        // The parent becomes a program that never collects its children's exit status, then the child ends.
        Process parent = new ProcessBuilder("bash", "-c", "sleep 2 & echo $!; exec sleep 60").start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            long child = Long.parseLong(said.readLine());
            LockOwner owner = owner(child, Machine.start(child).orElseThrow());
            Path stat = Path.of("/proc/" + child + "/stat");
            for (int wait = 0; wait < 100 && !Files.readString(stat).contains(") Z "); wait++) {
                Thread.sleep(100);
            }
            assertThat(Files.readString(stat)).contains(") Z ");

            assertThat(owner.isAlive()).contains(false);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void anEndedProcessIsDead() throws IOException, InterruptedException {
        assumeThat(Machine.hidesProcesses(Files.readString(Path.of("/proc/self/mounts"))))
                .isFalse();
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(owner(process.pid(), "1").isAlive()).contains(false);
    }

    @Test
    void theStateOfAProcessOnAnotherMachineIsUnknown() {
        LockOwner here = LockOwner.ofThisProcess();

        assertThat(new LockOwner(here.token(), here.host(), "elsewhere", 1, "1", here.since()).isAlive())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0 | false",
                "proc /proc proc rw,relatime,hidepid=0 0 0 | false",
                "proc /proc proc rw,relatime,hidepid=off 0 0 | false",
                "proc /proc proc rw,relatime,hidepid=1 0 0 | true",
                "proc /proc proc rw,gid=26,hidepid=2 0 0 | true",
                "proc /proc proc rw,relatime,hidepid=invisible 0 0 | true",
                "proc /proc proc rw,hidepid=ptraceable,relatime 0 0 | true",
                "proc /jail/proc proc rw,hidepid=2 0 0 | false",
            })
    void detectsMountsThatHideProcesses(String mount, boolean hidden) {
        String others = "/dev/sda1 / ext4 rw,relatime 0 0\n";

        assertThat(Machine.hidesProcesses(others + mount + "\n" + "tmpfs /tmp tmpfs rw 0 0\n"))
                .isEqualTo(hidden);
        assertThat(Machine.hidesProcesses("proc /proc proc rw,hidepid=2 0 0\nproc /proc proc rw 0 0\n"))
                .isFalse();
    }

    private static LockOwner owner(long process, String start) {
        LockOwner here = LockOwner.ofThisProcess();
        return new LockOwner(here.token(), here.host(), here.machine(), process, start, here.since());
    }
}
