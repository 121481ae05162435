package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** The packet types with their codes on the wire. Those below 20 are of both versions, the others of version 2 alone. */
public enum PacketType {
    AUTH_REQUEST(1, AuthRequest.class),
    AUTH_RESPONSE(2, AuthResponse.class),
    SYNC_UNREAD_REQUEST(3, SyncUnreadRequest.class),
    SYNC_UNREAD_RESPONSE(4, SyncUnreadResponse.class),
    READ_ACK_REQUEST(5, ReadAckRequest.class),
    READ_ACK_RESPONSE(6, ReadAckResponse.class),
    PULL_OLD_MSG_REQUEST(7, PullOldMsgRequest.class),
    PULL_OLD_MSG_RESPONSE(8, PullOldMsgResponse.class),
    SEND_MSG_REQUEST(9, SendMsgRequest.class),
    SEND_MSG_RESPONSE(10, SendMsgResponse.class),
    NEW_MESSAGE(11, NewMessage.class),
    OFFLINE_INFO(12, OfflineInfo.class),
    PING(13, Ping.class),
    PONG(14, Pong.class),
    SYSTEM_MESSAGE(15, SystemMessage.class),
    SYNC_SYSTEM_UNREAD_REQUEST(16, SyncSystemUnreadRequest.class),
    SYNC_SYSTEM_UNREAD_RESPONSE(17, SyncSystemUnreadResponse.class),
    SYSTEM_UNREAD_ACK_REQUEST(18, SystemUnreadAckRequest.class),
    SYSTEM_UNREAD_ACK_RESPONSE(19, SystemUnreadAckResponse.class),
    GROUP_CHANGE_REQUEST(20, GroupChangeRequest.class),
    GROUP_CHANGE_RESPONSE(21, GroupChangeResponse.class),
    GROUP_INFO_REQUEST(22, GroupInfoRequest.class),
    GROUP_INFO_RESPONSE(23, GroupInfoResponse.class),
    READ_MOVED(24, ReadMoved.class),
    READ_RECEIPT(25, ReadReceipt.class),
    READERS_REQUEST(26, ReadersRequest.class),
    READERS_RESPONSE(27, ReadersResponse.class),
    PRESENCE_SUBSCRIBE_REQUEST(28, PresenceSubscribeRequest.class),
    PRESENCE_SUBSCRIBE_RESPONSE(29, PresenceSubscribeResponse.class),
    PRESENCE_CHANGED(30, PresenceChanged.class),
    TYPING_REQUEST(31, TypingRequest.class),
    TYPING_RESPONSE(32, TypingResponse.class),
    TYPING(33, Typing.class),
    CHANGE_MSG_REQUEST(34, ChangeMsgRequest.class),
    CHANGE_MSG_RESPONSE(35, ChangeMsgResponse.class),
    MUTE_CONVERSATION_REQUEST(36, MuteConversationRequest.class),
    MUTE_CONVERSATION_RESPONSE(37, MuteConversationResponse.class),
    RECONNECT(38, Reconnect.class);

    private static final int FIRST_OF_VERSION_2 = 20;

    private static final @Nullable PacketType[] BY_CODE = byCode();

    private final int code;
    private final Class<? extends Packet> packet;

    PacketType(int code, Class<? extends Packet> packet) {
        this.code = code;
        this.packet = packet;
    }

    public int code() {
        return code;
    }

    public Class<? extends Packet> packet() {
        return packet;
    }

    /** The packet's name, which stands for the code where packets are named. */
    public String wireName() {
        // ProtocolDocumentTests sees to it that a class is not renamed by the way.
        return packet.getSimpleName();
    }

    /** Whether a client sends this type; the others only ever come from the server. */
    public boolean isRequest() {
        return Request.class.isAssignableFrom(packet);
    }

    /** Whether this type answers a request; what else the server sends comes of its own accord. */
    public boolean isResponse() {
        PacketType before = ofCode(code - 1);
        return !isRequest() && before != null && before.isRequest();
    }

    /** Whether connections of this version have packets of this type. */
    public boolean isOf(ProtocolVersion version) {
        return code < FIRST_OF_VERSION_2 || version == ProtocolVersion.V2;
    }

    /** The type with this code, or null where there is none. */
    public static @Nullable PacketType ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static @Nullable PacketType[] byCode() {
        int highest = 0;
        for (PacketType type : values()) {
            highest = Math.max(highest, type.code);
        }
        @Nullable PacketType[] table = new PacketType[highest + 1];
        for (PacketType type : values()) {
            if (table[type.code] != null) {
                throw new IllegalStateException(type + " and " + table[type.code] + " share the code " + type.code);
            }
            table[type.code] = type;
        }
        return table;
    }
}
