package io.github.resnetspark.job.input;

import io.github.resnetspark.job.plan.RowGroup;
import io.github.resnetspark.shard.ShardException;
import io.github.resnetspark.shard.ShardRow;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The row groups in use, with pictures still encoded, and the next ones, which a thread reads ahead. It contains at
 * most {@code capacity} row groups, of which up to half are read ahead.
 */
final class RowGroupCache implements AutoCloseable {
    private final RowGroupSource source;
    private final int capacity;
    /** In the order of last use: the least recently used one is first. */
    private final Map<Place, Future<List<ShardRow>>> groups = new LinkedHashMap<>(16, 0.75f, true);

    private final Queue<Place> planned = new ArrayDeque<>();
    private final Set<Place> unused = new LinkedHashSet<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "row-groups");
        thread.setDaemon(true);
        return thread;
    });

    private record Place(int shard, int rowGroup) {}

    /** @param capacity number of row groups to keep, at least 1; the least recently used one is evicted first */
    RowGroupCache(RowGroupSource source, int capacity) {
        this.source = source;
        this.capacity = capacity;
    }

    /**
     * Announces the row groups that will be needed next, in the order of first use. Planned row groups that are skipped
     * are dropped.
     */
    synchronized void plan(List<RowGroup> next) {
        next.forEach(group -> planned.add(new Place(group.shard(), group.index())));
        readAhead();
    }

    /**
     * One stored picture. Waits if it is still being read.
     *
     * @throws ShardException if its shard cannot be read, or its label is not one of the manifest's classes
     */
    ShardRow row(int shard, int rowGroup, int row) throws InterruptedException {
        Place place = new Place(shard, rowGroup);
        try {
            return use(place).get().get(row);
        } catch (ExecutionException e) {
            forget(place);
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private synchronized Future<List<ShardRow>> use(Place place) {
        Future<List<ShardRow>> group = groups.get(place);
        if (group == null) {
            if (forgetUpTo(place, planned)) {
                // The row groups that were read ahead come before this one in the plan, and were skipped.
                unused.clear();
            }
            group = read(place);
            groups.put(place, group);
            readAhead();
        } else if (forgetUpTo(place, unused)) {
            readAhead();
        }
        return group;
    }

    /** Removes a failed row group, so that the next request reads it again. */
    private synchronized void forget(Place place) {
        groups.remove(place);
    }

    private void readAhead() {
        while (!planned.isEmpty() && unused.size() < capacity / 2) {
            Place place = planned.remove();
            if (!groups.containsKey(place)) {
                unused.add(place);
                groups.put(place, read(place));
            }
        }
    }

    private Future<List<ShardRow>> read(Place place) {
        Iterator<Place> oldest = groups.keySet().iterator();
        while (groups.size() >= capacity && oldest.hasNext()) {
            if (!unused.contains(oldest.next())) {
                oldest.remove();
            }
        }
        return reader.submit(() -> source.read(place.shard(), place.rowGroup()));
    }

    /** Removes everything up to and including the row group, and says whether it was there. */
    private static boolean forgetUpTo(Place place, Collection<Place> places) {
        if (!places.contains(place)) {
            return false;
        }
        Iterator<Place> each = places.iterator();
        boolean found = false;
        while (!found) {
            found = each.next().equals(place);
            each.remove();
        }
        return true;
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
