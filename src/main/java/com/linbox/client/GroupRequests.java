package com.linbox.client;

import com.linbox.group.GroupChange;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.protocol.GroupChangeRequest;
import com.linbox.protocol.GroupInfoRequest;
import com.linbox.protocol.Moments;
import com.linbox.protocol.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets about groups that one user asks with. */
final class GroupRequests {

    private final String user;

    GroupRequests(long userId) {
        this.user = Long.toString(userId);
    }

    /** @param groupId null to make a group */
    Packet change(long requestId, @Nullable Long groupId, GroupChange change) {
        return new GroupChangeRequest(
                requestId,
                user,
                groupId == null ? null : Long.toString(groupId),
                change.action(),
                name(change),
                users(change),
                role(change),
                invite(change),
                history(change),
                Moments.onWire(change));
    }

    /** @param after the member after whom to go on, null from the first on */
    Packet info(long requestId, long groupId, @Nullable String after, int limit) {
        return new GroupInfoRequest(requestId, user, Long.toString(groupId), after, limit);
    }

    private static @Nullable String name(GroupChange change) {
        if (change instanceof GroupChange.Create create) {
            return create.name();
        }
        return change instanceof GroupChange.Update update ? update.name() : null;
    }

    private static @Nullable List<String> users(GroupChange change) {
        List<Long> users = null;
        if (change instanceof GroupChange.Create create) {
            users = create.userIds();
        } else if (change instanceof GroupChange.Add add) {
            users = add.userIds();
        } else if (change instanceof GroupChange.Remove remove) {
            users = remove.userIds();
        } else if (change instanceof GroupChange.GiveRole give) {
            users = give.userIds();
        } else if (change instanceof GroupChange.Mute mute) {
            users = mute.userIds();
        }
        return users == null
                ? null
                : users.stream().map(id -> Long.toString(id)).toList();
    }

    private static @Nullable String role(GroupChange change) {
        Role role = change instanceof GroupChange.GiveRole give ? give.role() : null;
        return role == null ? null : role.text();
    }

    private static @Nullable String invite(GroupChange change) {
        Inviters inviters = null;
        if (change instanceof GroupChange.Create create) {
            inviters = create.inviters();
        } else if (change instanceof GroupChange.Update update) {
            inviters = update.inviters();
        }
        return inviters == null ? null : inviters.text();
    }

    private static @Nullable String history(GroupChange change) {
        HistoryAccess history = null;
        if (change instanceof GroupChange.Create create) {
            history = create.history();
        } else if (change instanceof GroupChange.Update update) {
            history = update.history();
        }
        return history == null ? null : history.text();
    }
}
