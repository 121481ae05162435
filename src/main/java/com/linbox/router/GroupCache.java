package com.linbox.router;

import com.linbox.group.GroupState;
import com.linbox.store.GroupStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups that one thread has to do with, their members included, so that a message asks the database nothing. Bounded by
 * the number of members: the group that was idle for longest is forgotten. Not thread-safe.
 */
final class GroupCache {

    private static final Duration ABSENCE = Duration.ofSeconds(1);
    private static final int MAX_ABSENT = 10_000;

    private final GroupStore store;
    private final long maxMembers;
    private final Map<Long, Known> groups = new LinkedHashMap<>(16, 0.75f, true);

    /** When the database was asked for groups that it has not. */
    private final Map<Long, Long> absent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MAX_ABSENT;
        }
    };

    private long members;

    /** @param maxMembers how many members are remembered, in all groups together; one group may be larger */
    GroupCache(GroupStore store, long maxMembers) {
        this.store = store;
        this.maxMembers = maxMembers;
    }

    /**
     * The group as this thread has seen it last, null where there is none. For the thread that makes the groups: that there is
     * none is remembered for a moment, so that whoever sends to groups that are not there does not have the database asked
     * each time.
     */
    @Nullable
    GroupState get(long groupId) {
        Known known = groups.get(groupId);
        if (known != null) {
            return known.state();
        }
        Long askedAt = absent.get(groupId);
        if (askedAt != null && System.nanoTime() - askedAt < ABSENCE.toNanos()) {
            return null;
        }
        GroupState state = load(groupId);
        if (state == null) {
            absent.remove(groupId);
            absent.put(groupId, System.nanoTime());
        }
        return state;
    }

    /** The group, in this version or a later one; null where there is none. */
    @Nullable
    GroupState atLeast(long groupId, long version) {
        Known known = groups.get(groupId);
        if (known == null) {
            return load(groupId);
        }
        return known.state().group().version() < version ? refresh(known.state()) : known.state();
    }

    /** The group, not older than so much; null where there is none. */
    @Nullable
    GroupState notOlderThan(long groupId, Duration age) {
        Known known = groups.get(groupId);
        if (known == null) {
            return load(groupId);
        }
        return System.nanoTime() - known.readAt() > age.toNanos() ? refresh(known.state()) : known.state();
    }

    private @Nullable GroupState load(long groupId) {
        GroupState state = store.load(groupId);
        if (state != null) {
            put(state);
        }
        return state;
    }

    private GroupState refresh(GroupState known) {
        GroupState state = store.refresh(known);
        put(state);
        return state;
    }

    /** What this thread has made of the group. */
    void put(GroupState state) {
        forget(state.groupId());
        absent.remove(state.groupId());
        groups.put(state.groupId(), new Known(state, System.nanoTime()));
        members += state.members().size();
        for (Iterator<Known> eldest = groups.values().iterator(); members > maxMembers && groups.size() > 1; ) {
            members -= eldest.next().state().members().size();
            eldest.remove();
        }
    }

    void forget(long groupId) {
        Known known = groups.remove(groupId);
        if (known != null) {
            members -= known.state().members().size();
        }
    }

    /** Forgets everything: the groups may have found another router. */
    void forgetAll() {
        groups.clear();
        absent.clear();
        members = 0;
    }

    private record Known(GroupState state, long readAt) {}
}
