package com.linbox.router;

import com.linbox.group.Group;
import com.linbox.group.GroupState;
import com.linbox.group.Member;
import com.linbox.journal.Origin;
import com.linbox.protocol.Command;
import com.linbox.protocol.GroupInfoRequest;
import com.linbox.protocol.GroupInfoResponse;
import com.linbox.protocol.GroupMember;
import com.linbox.protocol.Moments;
import com.linbox.protocol.ServerPacket;
import java.time.Clock;
import java.util.List;

/** Tells what a group is like, and of some of its members. */
final class GroupInfoQuery implements Query {

    private final Origin origin;
    private final Command.GroupInfo command;
    private final GroupState state;
    private final long now;

    GroupInfoQuery(Origin origin, Command.GroupInfo command, GroupState state, Clock clock) {
        this.origin = origin;
        this.command = command;
        this.state = state;
        this.now = clock.millis();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public ServerPacket finish() {
        // One more than asked for tells whether there are more.
        List<Member> found = state.members().page(command.after(), command.limit() + 1);
        List<GroupMember> page =
                found.stream().limit(command.limit()).map(this::onWire).toList();
        GroupInfoRequest request = command.request();
        Group group = state.group();
        return new GroupInfoResponse(
                request.rId(),
                request.userId(),
                Long.toString(group.groupId()),
                group.name(),
                group.inviters().text(),
                group.history().text(),
                Moments.onWireUnlessOver(group.mutedUntil(), now),
                state.members().size(),
                page,
                found.size() > page.size() ? page.get(page.size() - 1).userId() : null,
                ServerPacket.OK,
                null);
    }

    private GroupMember onWire(Member member) {
        return new GroupMember(
                Long.toString(member.userId()),
                member.role().text(),
                Moments.onWireUnlessOver(member.mutedUntil(), now));
    }
}
