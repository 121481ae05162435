package com.linbox.router;

import com.linbox.group.GroupRules;
import com.linbox.group.Membership;
import com.linbox.message.Conversation;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.Command;
import com.linbox.store.GroupStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the requests of one wave have to do with groups, read from the database for all of them at once: whether the user is a
 * member is looked up and never remembered, so that nobody reads who was put out a moment ago.
 */
final class Wave {

    private final Set<Long> users = new HashSet<>();
    private final Set<GroupStore.Key> keys = new HashSet<>();
    private Map<Long, List<Membership>> groups = Map.of();
    private Map<GroupStore.Key, Membership> memberships = Map.of();

    /** This request is one of the wave. */
    void add(long userId, Command command) {
        if (command instanceof Command.SyncAll) {
            users.add(userId);
        }
        if (command.readsFrom() instanceof Conversation.Group group) {
            keys.add(new GroupStore.Key(group.groupId(), userId));
        }
    }

    void read(GroupStore store) {
        if (!users.isEmpty()) {
            groups = store.groupsOf(users);
        }
        if (!keys.isEmpty()) {
            memberships = store.memberships(keys);
        }
    }

    /** All groups of a user. */
    List<Membership> groupsOf(long userId) {
        return groups.getOrDefault(userId, List.of());
    }

    /** @throws RequestRejectedException where the user is no member of the group */
    Membership membership(Conversation.Group group, long userId) throws RequestRejectedException {
        Membership membership = memberships.get(new GroupStore.Key(group.groupId(), userId));
        if (membership == null) {
            throw GroupRules.notMember();
        }
        return membership;
    }
}
