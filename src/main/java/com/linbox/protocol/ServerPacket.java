package com.linbox.protocol;

/** A packet that the server sends. */
public sealed interface ServerPacket extends Packet
        permits AuthResponse,
                SyncUnreadResponse,
                ReadAckResponse,
                PullOldMsgResponse,
                SendMsgResponse,
                NewMessage,
                OfflineInfo,
                Pong,
                SystemMessage,
                SyncSystemUnreadResponse,
                SystemUnreadAckResponse,
                GroupChangeResponse,
                GroupInfoResponse,
                ReadMoved,
                ReadReceipt,
                ReadersResponse,
                PresenceSubscribeResponse,
                PresenceChanged,
                TypingResponse,
                Typing,
                ChangeMsgResponse,
                MuteConversationResponse,
                Reconnect {

    /** The wire's status of success. */
    int OK = 200;
}
