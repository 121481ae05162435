package com.linbox.group;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what in a group, and what comes of it. Immutable. */
public final class GroupRules {

    private final int maxMembers;

    /** @param maxMembers how many members a group may have */
    public GroupRules(int maxMembers) {
        this.maxMembers = maxMembers;
    }

    /**
     * What a change comes to; null where it changes nothing, such as adding who is a member already.
     *
     * @param state the group as it is, null where there is none
     * @param actorId who wants it
     * @param trusted whether the product's back end wants it, on behalf of the actor: it needs no right, and the actor need not
     *     be a member
     * @throws RequestRejectedException where it may not be, or makes no sense
     */
    public @Nullable GroupUpdate decide(
            @Nullable GroupState state, long groupId, long actorId, boolean trusted, GroupChange change)
            throws RequestRejectedException {
        if (change instanceof GroupChange.Create create) {
            return create(state, groupId, create);
        }
        if (trusted) {
            requireGroup(state);
        }
        if (state == null || state.group().dissolved()) {
            throw notMember();
        }
        Actor actor = actor(state, actorId, trusted);
        if (change instanceof GroupChange.Update update) {
            actor.needs(Role.ADMINISTRATOR);
            return update(state.group(), update);
        } else if (change instanceof GroupChange.Dissolve) {
            actor.needs(Role.OWNER);
            return GroupUpdate.of(state.group().ended());
        } else if (change instanceof GroupChange.Add add) {
            actor.needs(state.group().inviters() == Inviters.MEMBERS ? Role.MEMBER : Role.ADMINISTRATOR);
            return add(state, add.userIds());
        } else if (change instanceof GroupChange.Remove remove) {
            return remove(state, actor, remove.userIds());
        } else if (change instanceof GroupChange.Leave) {
            return leave(state, actorId);
        } else if (change instanceof GroupChange.GiveRole give) {
            actor.needs(Role.OWNER);
            return giveRole(state, give);
        } else if (change instanceof GroupChange.Mute mute) {
            return mute(state, actor, mute);
        } else if (change instanceof GroupChange.MuteAll mute) {
            actor.needs(Role.ADMINISTRATOR);
            return state.group().mutedUntil() == mute.until()
                    ? null
                    : GroupUpdate.of(state.group().muted(mute.until()));
        }
        throw new IllegalStateException(change.action());
    }

    /**
     * Whether a user may send to a group.
     *
     * @param now milliseconds since the epoch
     * @throws RequestRejectedException where not
     */
    public static void maySend(@Nullable GroupState state, long userId, long now) throws RequestRejectedException {
        Member member = state == null ? null : state.member(userId);
        if (state == null || member == null) {
            throw notMember();
        }
        if (member.mutedUntil() > now
                || member.role() == Role.MEMBER && state.group().mutedUntil() > now) {
            throw new RequestRejectedException(ErrorCode.MUTED, ErrorCode.MUTED.text());
        }
    }

    /**
     * What the product's back end may be told, and users may not: whether there is such a group.
     *
     * @throws RequestRejectedException where there is none, or none any more
     */
    public static void requireGroup(@Nullable GroupState state) throws RequestRejectedException {
        if (state == null || state.group().dissolved()) {
            throw new RequestRejectedException(ErrorCode.NO_SUCH_GROUP, "group_id: no such group");
        }
    }

    /** What a stranger is told, whether there is such a group or not. */
    public static RequestRejectedException notMember() {
        return new RequestRejectedException(ErrorCode.NOT_MEMBER, ErrorCode.NOT_MEMBER.text());
    }

    private GroupUpdate create(@Nullable GroupState state, long groupId, GroupChange.Create create)
            throws RequestRejectedException {
        if (state != null) {
            throw new RequestRejectedException(ErrorCode.CONFLICT, "group_id: there is such a group already");
        }
        Set<Long> others = new LinkedHashSet<>(create.userIds());
        others.remove(create.ownerId());
        checkSize(others.size() + 1L);
        List<Member> members = new ArrayList<>();
        members.add(Member.joining(create.ownerId(), Role.OWNER));
        others.forEach(id -> members.add(Member.joining(id, Role.MEMBER)));
        Group group = new Group(groupId, create.name(), create.inviters(), create.history(), 0, false, 0);
        return new GroupUpdate(group, members, List.of(), List.of());
    }

    private static Actor actor(GroupState state, long actorId, boolean trusted) throws RequestRejectedException {
        Member member = state.member(actorId);
        if (trusted) {
            return new Actor(null);
        }
        if (member == null) {
            throw notMember();
        }
        return new Actor(member.role());
    }

    private static @Nullable GroupUpdate update(Group group, GroupChange.Update update) {
        Group updated = group.named(update.name() == null ? group.name() : update.name())
                .with(
                        update.inviters() == null ? group.inviters() : update.inviters(),
                        update.history() == null ? group.history() : update.history());
        return updated.equals(group) ? null : GroupUpdate.of(updated);
    }

    private @Nullable GroupUpdate add(GroupState state, List<Long> userIds) throws RequestRejectedException {
        Set<Long> joining = new LinkedHashSet<>(userIds);
        joining.removeIf(state.members()::contains);
        if (joining.isEmpty()) {
            return null;
        }
        checkSize((long) state.members().size() + joining.size());
        return new GroupUpdate(
                state.group(),
                joining.stream().map(id -> Member.joining(id, Role.MEMBER)).toList(),
                List.of(),
                List.of());
    }

    private void checkSize(long members) throws RequestRejectedException {
        if (members > maxMembers) {
            throw new RequestRejectedException(
                    ErrorCode.CONFLICT, "users: " + members + " members (expected: at most " + maxMembers + ")");
        }
    }

    private static @Nullable GroupUpdate remove(GroupState state, Actor actor, List<Long> userIds)
            throws RequestRejectedException {
        List<Long> going = new ArrayList<>();
        for (Member member : members(state, userIds)) {
            actor.needsMoreThan(member.role());
            refuseOwner(member);
            going.add(member.userId());
        }
        return going.isEmpty() ? null : new GroupUpdate(state.group(), List.of(), List.of(), going);
    }

    private static GroupUpdate leave(GroupState state, long actorId) throws RequestRejectedException {
        Member member = state.member(actorId);
        if (member == null) {
            throw notMember();
        }
        refuseOwner(member);
        return new GroupUpdate(state.group(), List.of(), List.of(), List.of(actorId));
    }

    private static void refuseOwner(Member member) throws RequestRejectedException {
        if (member.role() == Role.OWNER) {
            throw new RequestRejectedException(
                    ErrorCode.CONFLICT, "the owner cannot go: hand the group on first, or dissolve it");
        }
    }

    private static @Nullable GroupUpdate giveRole(GroupState state, GroupChange.GiveRole give)
            throws RequestRejectedException {
        List<Member> changed = new ArrayList<>();
        List<Member> members = members(state, give.userIds());
        if (give.role() == Role.OWNER && members.size() != 1) {
            throw new RequestRejectedException(ErrorCode.INVALID_VALUE, "users: a group has one owner");
        }
        for (Member member : members) {
            if (member.role() == give.role()) {
                continue;
            }
            if (member.role() == Role.OWNER) {
                throw new RequestRejectedException(
                        ErrorCode.CONFLICT, "users: the owner's role changes by naming another owner");
            }
            changed.add(member.with(give.role()));
        }
        if (changed.isEmpty()) {
            return null;
        }
        Member before = give.role() == Role.OWNER ? state.members().owner() : null;
        if (before != null) {
            changed.add(before.with(Role.ADMINISTRATOR));
        }
        return new GroupUpdate(state.group(), List.of(), changed, List.of());
    }

    private static @Nullable GroupUpdate mute(GroupState state, Actor actor, GroupChange.Mute mute)
            throws RequestRejectedException {
        actor.needs(Role.ADMINISTRATOR);
        List<Member> changed = new ArrayList<>();
        for (Member member : members(state, mute.userIds())) {
            actor.needsMoreThan(member.role());
            if (member.mutedUntil() != mute.until()) {
                changed.add(member.muted(mute.until()));
            }
        }
        return changed.isEmpty() ? null : new GroupUpdate(state.group(), List.of(), changed, List.of());
    }

    private static List<Member> members(GroupState state, List<Long> userIds) {
        List<Member> members = new ArrayList<>();
        for (long id : new LinkedHashSet<>(userIds)) {
            Member member = state.member(id);
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }

    /**
     * Who wants something.
     *
     * @param role null where no right is needed
     */
    private record Actor(@Nullable Role role) {

        void needs(Role least) throws RequestRejectedException {
            if (role != null && least.isAbove(role)) {
                throw new RequestRejectedException(
                        ErrorCode.NOT_ALLOWED,
                        "only for the group's " + least.text() + " (you are: " + role.text() + ")");
            }
        }

        void needsMoreThan(Role other) throws RequestRejectedException {
            if (role != null && !role.isAbove(other)) {
                throw new RequestRejectedException(
                        ErrorCode.NOT_ALLOWED, "not for you to do to the group's " + other.text());
            }
        }
    }
}
