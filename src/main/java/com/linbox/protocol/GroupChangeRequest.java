package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a group, or makes one. Which of the fields are needed depends on the action.
 *
 * @param groupId absent to make a new group
 * @param action one of {@link com.linbox.group.GroupChange}'s
 * @param users whom it is about
 * @param invite who may add members: {@code administrators} or {@code members}
 * @param history what new members may read: {@code joined} (from then on) or {@code all}
 * @param until until when somebody is muted, in milliseconds since the epoch; 0 no more, −1 for ever
 */
public record GroupChangeRequest(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String groupId,
        @Nullable String action,
        @Nullable String name,
        @Nullable List<String> users,
        @Nullable String role,
        @Nullable String invite,
        @Nullable String history,
        @Nullable Long until)
        implements Request {

    @Override
    public PacketType packetType() {
        return PacketType.GROUP_CHANGE_REQUEST;
    }

    @Override
    public ServerPacket failure(ErrorCode code, String text) {
        return new GroupChangeResponse(rId, userId, groupId, null, null, code.status(), text);
    }

    /** Whether this makes a group rather than changing one. */
    public boolean makesGroup() {
        return "create".equals(action);
    }

    /** The same for this group. */
    public GroupChangeRequest of(long group) {
        return new GroupChangeRequest(
                rId, userId, Long.toString(group), action, name, users, role, invite, history, until);
    }
}
