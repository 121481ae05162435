package com.linbox.client;

import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.GroupInfoResponse;
import com.linbox.protocol.Moments;
import com.linbox.protocol.Reader;
import com.linbox.protocol.ReadersResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the wire says of groups and readers, as the client's values. What makes no sense is left out, or is the least there is. */
final class WireGroups {

    private WireGroups() {}

    static GroupInfo info(long groupId, GroupInfoResponse response) {
        return new GroupInfo(
                groupId,
                Objects.requireNonNullElse(response.name(), ""),
                inviters(response.invite()),
                history(response.history()),
                until(response.mutedUntil()),
                Objects.requireNonNullElse(response.count(), 0));
    }

    private static Inviters inviters(@Nullable String text) {
        try {
            return Inviters.ofText(Objects.requireNonNullElse(text, ""));
        } catch (RequestRejectedException e) {
            return Inviters.ADMINISTRATORS;
        }
    }

    private static HistoryAccess history(@Nullable String text) {
        try {
            return HistoryAccess.ofText(Objects.requireNonNullElse(text, ""));
        } catch (RequestRejectedException e) {
            return HistoryAccess.JOINED;
        }
    }

    private static long until(@Nullable Long until) {
        try {
            return until == null ? 0 : Moments.read("muted_until", until);
        } catch (RequestRejectedException e) {
            return 0;
        }
    }

    static List<GroupMember> members(GroupInfoResponse response) {
        List<GroupMember> members = new ArrayList<>();
        for (var member : Objects.requireNonNullElse(response.members(), List.<com.linbox.protocol.GroupMember>of())) {
            try {
                members.add(new GroupMember(
                        Ids.parse("user_id", member.userId()), role(member.role()), until(member.mutedUntil())));
            } catch (RequestRejectedException e) {
                // Nobody at all.
            }
        }
        return members;
    }

    private static Role role(@Nullable String text) {
        try {
            return Role.ofText(Objects.requireNonNullElse(text, ""));
        } catch (RequestRejectedException e) {
            return Role.MEMBER;
        }
    }

    static List<ReadPosition> readers(ReadersResponse response) {
        List<ReadPosition> readers = new ArrayList<>();
        for (Reader reader : Objects.requireNonNullElse(response.readers(), List.<Reader>of())) {
            try {
                readers.add(new ReadPosition(Ids.parse("user_id", reader.userId()), reader.msgId()));
            } catch (RequestRejectedException e) {
                // Nobody who could have read it.
            }
        }
        return readers;
    }
}
