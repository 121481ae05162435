package com.linbox.group;

import org.jspecify.annotations.Nullable;

/** A group and its members at one moment, which {@link Group#version()} names. Immutable. */
public record GroupState(Group group, Members members) {

    public long groupId() {
        return group.groupId();
    }

    /** The member with this id, or null: also where the group is over, for then nobody is one. */
    public @Nullable Member member(long userId) {
        return group.dissolved() ? null : members.find(userId);
    }

    /** What it is after a change whose event got this msg_id. */
    public GroupState after(GroupUpdate update, long msgId) {
        return new GroupState(update.group().changedBy(msgId), members.after(update, msgId));
    }
}
