package com.linbox.rpc;

import com.linbox.group.Group;
import com.linbox.group.GroupIds;
import com.linbox.group.Member;
import com.linbox.message.ErrorCode;
import com.linbox.protocol.GroupChangeRequest;
import com.linbox.protocol.GroupChangeResponse;
import com.linbox.protocol.Moments;
import com.linbox.protocol.ServerPacket;
import com.linbox.rpc.RequestSender.Asker;
import com.linbox.rpc.api.CreateGroupRequest;
import com.linbox.rpc.api.DissolveGroupRequest;
import com.linbox.rpc.api.GiveRoleRequest;
import com.linbox.rpc.api.GroupChanged;
import com.linbox.rpc.api.GroupDescription;
import com.linbox.rpc.api.GroupRequest;
import com.linbox.rpc.api.GroupService;
import com.linbox.rpc.api.GroupsOfRequest;
import com.linbox.rpc.api.GroupsOfUser;
import com.linbox.rpc.api.MemberListRequest;
import com.linbox.rpc.api.MemberPage;
import com.linbox.rpc.api.MembersRequest;
import com.linbox.rpc.api.MuteAllRequest;
import com.linbox.rpc.api.MuteMembersRequest;
import com.linbox.rpc.api.UpdateGroupRequest;
import com.linbox.store.GroupStore;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes groups by way of the routers, and tells of them from where they are stored. */
final class GroupCalls implements GroupService {

    private final RequestSender requests;
    private final GroupStore store;
    private final GroupIds ids;
    private final RpcSettings settings;
    private final Clock clock;

    GroupCalls(RequestSender requests, GroupStore store, GroupIds ids, RpcSettings settings, Clock clock) {
        this.requests = requests;
        this.store = store;
        this.ids = ids;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public GroupChanged create(CreateGroupRequest request) {
        Arguments.required("request", request);
        long operatorId = Arguments.id("operatorId", request.operatorId());
        long requestId = Arguments.id("requestId", request.requestId());
        String given = request.groupId();
        String groupId = given == null || given.isEmpty() ? newGroupId(operatorId, requestId) : given;
        Change change = new Change("create", request.operatorId(), groupId, request.requestId())
                .settings(request.name(), request.invite(), request.history());
        List<String> users = request.userIds();
        if (users != null && !users.isEmpty()) {
            change.users(users);
        }
        return change.carryOut(request.deadlineMillis());
    }

    /** The same one when the call is made again. */
    private String newGroupId(long operatorId, long requestId) {
        return Long.toString(
                ids.ofRequest(operatorId, requestId).toCompletableFuture().join());
    }

    @Override
    public GroupChanged update(UpdateGroupRequest request) {
        Arguments.required("request", request);
        return new Change("update", request.operatorId(), request.groupId(), request.requestId())
                .settings(request.name(), request.invite(), request.history())
                .carryOut(request.deadlineMillis());
    }

    @Override
    public GroupChanged dissolve(DissolveGroupRequest request) {
        Arguments.required("request", request);
        return new Change("dissolve", request.operatorId(), request.groupId(), request.requestId())
                .carryOut(request.deadlineMillis());
    }

    @Override
    public GroupChanged addMembers(MembersRequest request) {
        return members("add", request);
    }

    @Override
    public GroupChanged removeMembers(MembersRequest request) {
        return members("remove", request);
    }

    private GroupChanged members(String action, MembersRequest request) {
        Arguments.required("request", request);
        return new Change(action, request.operatorId(), request.groupId(), request.requestId())
                .users(request.userIds())
                .carryOut(request.deadlineMillis());
    }

    @Override
    public GroupChanged giveRole(GiveRoleRequest request) {
        Arguments.required("request", request);
        return new Change("role", request.operatorId(), request.groupId(), request.requestId())
                .users(request.userIds())
                .role(request.role())
                .carryOut(request.deadlineMillis());
    }

    @Override
    public GroupChanged muteMembers(MuteMembersRequest request) {
        Arguments.required("request", request);
        return new Change("mute", request.operatorId(), request.groupId(), request.requestId())
                .users(request.userIds())
                .until(request.until())
                .carryOut(request.deadlineMillis());
    }

    @Override
    public GroupChanged muteAll(MuteAllRequest request) {
        Arguments.required("request", request);
        return new Change("mute_all", request.operatorId(), request.groupId(), request.requestId())
                .until(request.until())
                .carryOut(request.deadlineMillis());
    }

    @Override
    public GroupDescription info(GroupRequest request) {
        Arguments.required("request", request);
        long groupId = Arguments.id("groupId", request.groupId());
        Group group = group(groupId);
        return new GroupDescription(
                Long.toString(groupId),
                group.name(),
                group.inviters().text(),
                group.history().text(),
                Moments.onWireUnlessOver(group.mutedUntil(), clock.millis()),
                group.dissolved(),
                group.dissolved() ? 0 : store.memberCount(groupId));
    }

    @Override
    public MemberPage members(MemberListRequest request) {
        Arguments.required("request", request);
        long groupId = Arguments.id("groupId", request.groupId());
        String given = request.after();
        long after = given == null || given.isEmpty() ? 0 : Arguments.id("after", given);
        int limit = Arguments.limit(request.limit(), Arguments.MAX_USERS);
        if (group(groupId).dissolved()) {
            throw noSuchGroup();
        }
        // One more than asked for tells whether there are more.
        List<Member> found = store.members(groupId, after, limit + 1);
        List<MemberPage.Member> page =
                found.stream().limit(limit).map(this::described).toList();
        return new MemberPage(page, found.size() > limit ? page.get(limit - 1).userId() : null);
    }

    private MemberPage.Member described(Member member) {
        return new MemberPage.Member(
                Long.toString(member.userId()),
                member.role().text(),
                member.sinceMsgId(),
                Moments.onWireUnlessOver(member.mutedUntil(), clock.millis()));
    }

    @Override
    public GroupsOfUser groupsOf(GroupsOfRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        return new GroupsOfUser(store.groupsOf(List.of(userId)).getOrDefault(userId, List.of()).stream()
                .map(membership -> Long.toString(membership.groupId()))
                .toList());
    }

    private Group group(long groupId) {
        Group group = store.group(groupId);
        if (group == null) {
            throw noSuchGroup();
        }
        return group;
    }

    private static RuntimeException noSuchGroup() {
        return Failures.of(ErrorCode.NO_SUCH_GROUP, "groupId: no such group");
    }

    /** A change to a group, put together. */
    private final class Change {

        private final String action;
        private final long operatorId;
        private final long groupId;
        private final long requestId;
        private @Nullable String name;
        private @Nullable String invite;
        private @Nullable String history;
        private @Nullable List<String> users;
        private @Nullable String role;
        private @Nullable Long until;

        Change(String action, String operatorId, String groupId, String requestId) {
            this.action = action;
            this.operatorId = Arguments.id("operatorId", operatorId);
            this.groupId = Arguments.id("groupId", groupId);
            this.requestId = Arguments.id("requestId", requestId);
        }

        Change settings(@Nullable String newName, @Nullable String newInvite, @Nullable String newHistory) {
            name = newName;
            invite = newInvite;
            history = newHistory;
            return this;
        }

        Change users(List<String> ids) {
            users = Arguments.ids("userIds", ids).stream()
                    .map(id -> Long.toString(id))
                    .toList();
            return this;
        }

        Change role(String newRole) {
            role = newRole;
            return this;
        }

        Change until(Long moment) {
            until = moment;
            return this;
        }

        GroupChanged carryOut(@Nullable Long deadlineMillis) {
            String group = Long.toString(groupId);
            GroupChangeRequest request = new GroupChangeRequest(
                    requestId, Long.toString(operatorId), group, action, name, users, role, invite, history, until);
            GroupChangeResponse response = requests.ask(
                    Asker.backEnd(operatorId),
                    request,
                    GroupChangeResponse.class,
                    Arguments.deadline(deadlineMillis, settings));
            if (response.status() != ServerPacket.OK) {
                throw Refusals.of(
                        response.status(), response.errMsg(), ErrorCode.INVALID_VALUE, ErrorCode.NO_SUCH_GROUP);
            }
            return new GroupChanged(group, response.msgId(), response.sendTime());
        }
    }
}
