package io.github.resnetspark.job.plan;

import static io.github.resnetspark.job.plan.GeneratedSplit.references;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EpochPlanTest {
    private static final List<RowGroup> TEN_GROUPS = IntStream.range(0, 10)
            .mapToObj(i -> new RowGroup(i / 4, i % 4, 256))
            .toList();

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void visitsEveryExampleOnce(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(3);

        assertThat(epoch.examples()).isEqualTo(split.examples());
        assertThat(references(rest(epoch, 0))).containsExactlyInAnyOrderElementsOf(split.allReferences());
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void anySliceToTheEndIsTheTailOfTheSameSequence(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(0);
        List<String> whole = references(rest(epoch, 0));

        for (int position = 0; position <= split.examples(); position++) {
            assertThat(references(rest(epoch, position))).isEqualTo(whole.subList(position, whole.size()));
            assertThat(epoch.remaining(position)).isEqualTo(whole.size() - position);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void aSliceListsExactlyTheRowGroupsThatItNeeds(GeneratedSplit split) {
        EpochPlan epoch = split.epoch(1);
        for (int from = 0; from < split.examples(); from += 7) {
            ExampleList slice = epoch.slice(from, Math.min(split.examples(), from + 10));
            List<String> used = IntStream.range(0, slice.size())
                    .mapToObj(i -> slice.shard(i) + "/" + slice.rowGroup(i))
                    .distinct()
                    .toList();

            assertThat(slice.rowGroups().stream().map(group -> group.shard() + "/" + group.index()))
                    .isEqualTo(used);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void theIdIsTheNumberInTheSplitInEveryEpoch(GeneratedSplit split) {
        List<String> all = split.allReferences();
        for (int epoch = 0; epoch < 3; epoch++) {
            ExampleList examples = rest(split.epoch(epoch), 0);
            List<String> references = references(examples);
            for (int i = 0; i < examples.size(); i++) {
                assertThat(all.get((int) examples.id(i))).isEqualTo(references.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.resnetspark.job.plan.GeneratedSplit#cases")
    void serializedExamplesAreTheSame(GeneratedSplit split) throws Exception {
        ExampleList examples = rest(split.epoch(2), split.examples() / 3);

        ExampleList read = (ExampleList) deserialized(serialized(examples));

        assertThat(references(read)).isEqualTo(references(examples));
        assertThat(IntStream.range(0, examples.size()).mapToLong(read::id))
                .containsExactlyElementsOf(IntStream.range(0, examples.size())
                        .mapToLong(examples::id)
                        .boxed()
                        .toList());
        assertThat(read.rowGroups()).isEqualTo(examples.rowGroups());
    }

    /** Spark aborts a run if a task is larger than 128 MiB. */
    @Test
    void anExampleTakesThreeBytesInATask() throws Exception {
        List<RowGroup> many = IntStream.range(0, 1000)
                .mapToObj(i -> new RowGroup(i / 4, i % 4, 1 << 10))
                .toList();
        ExampleList examples = rest(EpochPlan.of(many, 1, 0, 32), 0);
        byte[] rowGroups = serialized(examples.rowGroups().toArray(RowGroup[]::new));

        assertThat(serialized(examples).length - rowGroups.length).isLessThan(3 * examples.size() + 10_000);

        List<RowGroup> large = List.of(new RowGroup(0, 0, 1 << 22), new RowGroup(0, 1, 1));
        ExampleList rows = EpochPlan.of(large, 1, 0, 2).slice(0, 1000);
        assertThat(references((ExampleList) deserialized(serialized(rows)))).isEqualTo(references(rows));
    }

    @Test
    void sameSeedAndEpochGiveTheSameSequence() {
        assertThat(sequence(7, 2, 4)).isEqualTo(sequence(7, 2, 4));
    }

    @Test
    void theSequenceMatchesThatOfEarlierReleases() {
        ExampleList first = EpochPlan.of(TEN_GROUPS, 1, 0, 4).slice(0, 6);

        assertThat(references(first)).containsExactly("1/1/87", "1/1/199", "1/1/174", "2/1/155", "2/1/150", "1/1/110");
    }

    @Test
    void differentEpochsAndSeedsGiveDifferentSequences() {
        Set<List<Long>> sequences = new HashSet<>();
        for (int seed = 0; seed < 5; seed++) {
            for (int epoch = 0; epoch < 5; epoch++) {
                sequences.add(sequence(seed, epoch, 4));
            }
        }

        assertThat(sequences).hasSize(25);
    }

    @Test
    void rowGroupsAreInADifferentOrderInEveryEpoch() {
        assertThat(groupOrder(0)).isNotEqualTo(groupOrder(1)).containsExactlyInAnyOrderElementsOf(groupOrder(1));
    }

    @Test
    void aWindowMixesItsRowGroupsEvenly() {
        ExampleList firstQuarter = EpochPlan.of(TEN_GROUPS, 5, 0, 4).slice(0, 256);

        assertThat(firstQuarter.rowGroups()).hasSize(4);
        for (RowGroup group : firstQuarter.rowGroups()) {
            long share = IntStream.range(0, 256)
                    .filter(i -> firstQuarter.shard(i) == group.shard() && firstQuarter.rowGroup(i) == group.index())
                    .count();
            assertThat(share)
                    .as("examples of %s among the first 256 of 1024", group)
                    .isBetween(40L, 90L);
        }
    }

    @Test
    void aWindowContainsNoMoreRowGroupsThanItsSize() {
        EpochPlan epoch = EpochPlan.of(TEN_GROUPS, 5, 0, 4);

        assertThat(epoch.slice(0, 1024).rowGroups()).hasSize(4);
        assertThat(epoch.slice(1024, 2048).rowGroups()).hasSize(4);
        assertThat(epoch.slice(2048, 2560).rowGroups()).hasSize(2);
    }

    @Test
    void aWindowOfOneShufflesRowsWithinTheirGroup() {
        ExampleList group = EpochPlan.of(TEN_GROUPS, 5, 0, 1).slice(0, 256);

        assertThat(group.rowGroups()).hasSize(1);
        assertThat(IntStream.range(0, 256).map(group::row).boxed().toList())
                .isNotEqualTo(IntStream.range(0, 256).boxed().toList())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 256).boxed().toList());
    }

    @Test
    void aWindowMayBeLargerThanTheSplit() {
        ExampleList all = rest(EpochPlan.of(TEN_GROUPS, 5, 0, Integer.MAX_VALUE), 0);

        assertThat(all.slice(0, 256).rowGroups()).hasSize(10);
        assertThat(LongStream.range(0, all.size())
                        .map(i -> all.id((int) i))
                        .distinct()
                        .count())
                .isEqualTo(2560);
    }

    @Test
    void anEmptySplitHasAnEmptyEpoch() {
        EpochPlan epoch = EpochPlan.of(List.of(), 1, 0, 4);

        assertThat(epoch.examples()).isZero();
        assertThat(rest(epoch, 0).size()).isZero();
    }

    @Test
    void rejectsPositionsOutsideTheEpoch() {
        EpochPlan epoch = EpochPlan.of(TEN_GROUPS, 1, 0, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> epoch.remaining(2561))
                .withMessage("Position 2561 is not in this epoch of 2560 examples.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epoch.slice(10, 9))
                .withMessage("Positions 10 to 9 are not in this epoch of 2560 examples.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> epoch.remaining(-1))
                .withMessage("Position -1 is not in this epoch of 2560 examples.");
    }

    @Test
    void rejectsAWindowAndAnEpochBelowTheirRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpochPlan.of(TEN_GROUPS, 1, 0, 0))
                .withMessage("The shuffle window is 0 row groups but must be at least 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpochPlan.of(TEN_GROUPS, 1, -1, 4))
                .withMessage("The epoch is -1 but must be at least 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowGroup(2, 1, 0))
                .withMessage("Row group 1 of shard 2 has 0 rows but must have at least 1.");
    }

    private static List<Long> sequence(long seed, int epoch, int window) {
        ExampleList examples = rest(EpochPlan.of(TEN_GROUPS, seed, epoch, window), 0);
        return IntStream.range(0, examples.size()).mapToObj(examples::id).toList();
    }

    private static List<RowGroup> groupOrder(int epoch) {
        return rest(EpochPlan.of(TEN_GROUPS, 1, epoch, 1), 0).rowGroups();
    }

    private static ExampleList rest(EpochPlan epoch, long position) {
        return epoch.slice(position, epoch.examples());
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
