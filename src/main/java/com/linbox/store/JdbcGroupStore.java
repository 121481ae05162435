package com.linbox.store;

import com.linbox.group.Group;
import com.linbox.group.GroupState;
import com.linbox.group.GroupUpdate;
import com.linbox.group.Member;
import com.linbox.group.Membership;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.SendOutcome;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Groups in the table group_members; how a change's event gets into its own is {@link Appender}'s matter. */
final class JdbcGroupStore implements GroupStore {

    private final Connections connections;
    private final Appender appender;
    private final StoreMeters meters;

    JdbcGroupStore(DataSource dataSource, StoreMeters meters) {
        this.connections = new Connections(dataSource, meters);
        this.appender = new Appender(connections, meters);
        this.meters = meters;
    }

    @Override
    public @Nullable GroupState load(long groupId) {
        Timer.Sample time = meters.begin();
        try {
            return connections
                    .use(connection -> Optional.ofNullable(new GroupStatements(connection).load(groupId)))
                    .orElse(null);
        } finally {
            meters.groupLoaded(time);
        }
    }

    @Override
    public @Nullable Group group(long groupId) {
        return connections
                .use(connection -> Optional.ofNullable(new GroupStatements(connection).group(groupId)))
                .orElse(null);
    }

    @Override
    public int memberCount(long groupId) {
        return connections.use(connection -> new GroupStatements(connection).memberCount(groupId));
    }

    @Override
    public List<Member> members(long groupId, long after, int limit) {
        return connections.use(connection -> new GroupStatements(connection).members(groupId, after, limit));
    }

    @Override
    public GroupState refresh(GroupState known) {
        return connections.use(connection -> new GroupStatements(connection).refresh(known));
    }

    @Override
    public SendOutcome change(Draft event, GroupUpdate update, Numbering numbering, long sendTime)
            throws StaleGroupException {
        long groupId = update.group().groupId();
        long version = update.group().version();
        if (!event.conversation().equals(new Conversation.Group(groupId))) {
            throw new IllegalArgumentException(
                    "event in " + event.conversation().key() + " (expected: in group " + groupId + ")");
        }
        Consequence changing = (connection, msgId) -> {
            GroupStatements statements = new GroupStatements(connection);
            if (statements.version(groupId) != version) {
                return false;
            }
            statements.apply(update, msgId, sendTime);
            return true;
        };
        Timer.Sample time = meters.begin();
        SendOutcome outcome;
        try {
            outcome = appender.append(event, changing, numbering, sendTime);
        } finally {
            meters.groupChanged(time);
        }
        if (outcome == null) {
            throw new StaleGroupException(groupId, version);
        }
        return outcome;
    }

    @Override
    public Map<Long, List<Membership>> groupsOf(Collection<Long> userIds) {
        Map<Long, List<Membership>> groups = new HashMap<>();
        connections.use(connection -> {
            new GroupStatements(connection).groupsOf(userIds, membership -> groups.computeIfAbsent(
                            membership.userId(), user -> new ArrayList<>())
                    .add(membership));
            return groups;
        });
        return groups;
    }

    @Override
    public Map<Key, Membership> memberships(Collection<Key> keys) {
        Map<Key, Membership> memberships = new HashMap<>();
        connections.use(connection -> {
            new GroupStatements(connection)
                    .memberships(
                            keys,
                            membership ->
                                    memberships.put(new Key(membership.groupId(), membership.userId()), membership));
            return memberships;
        });
        return memberships;
    }
}
