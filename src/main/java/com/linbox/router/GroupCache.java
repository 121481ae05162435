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

    private final GroupStore store;
    private final long maxMembers;
    private final Map<Long, Known> groups = new LinkedHashMap<>(16, 0.75f, true);
    private long members;

    /** @param maxMembers how many members are remembered, in all groups together; one group may be larger */
    GroupCache(GroupStore store, long maxMembers) {
        this.store = store;
        this.maxMembers = maxMembers;
    }

    /** The group as this thread has seen it last, null where there is none. */
    @Nullable
    GroupState get(long groupId) {
        Known known = groups.get(groupId);
        return known == null ? load(groupId) : known.state();
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
        // That there is none is not remembered: its making would have to be noticed.
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
        members = 0;
    }

    private record Known(GroupState state, long readAt) {}
}
