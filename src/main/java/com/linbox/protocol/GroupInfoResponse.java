package com.linbox.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link GroupInfoRequest}.
 *
 * @param mutedUntil until when only administrators may send; absent where all may
 * @param count how many members there are
 * @param members some of them, in no order that means anything
 * @param after with what to ask for those that follow; absent at the end
 */
public record GroupInfoResponse(
        @Nullable Long rId,
        @Nullable String userId,
        @Nullable String groupId,
        @Nullable String name,
        @Nullable String invite,
        @Nullable String history,
        @Nullable Long mutedUntil,
        @Nullable Integer count,
        @Nullable List<GroupMember> members,
        @Nullable String after,
        int status,
        @Nullable String errMsg)
        implements ServerPacket {

    @Override
    public PacketType packetType() {
        return PacketType.GROUP_INFO_RESPONSE;
    }

    static GroupInfoResponse failure(GroupInfoRequest request, int status, String text) {
        return new GroupInfoResponse(
                request.rId(),
                request.userId(),
                request.groupId(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                status,
                text);
    }
}
