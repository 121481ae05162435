package com.linbox.protocol;

import com.linbox.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A packet that a client sends. Its ids are the texts that arrived, not yet checked; every component may be null, since
 * absent, null and empty fields are alike on the wire.
 */
public sealed interface Request extends Packet
        permits AuthRequest,
                SyncUnreadRequest,
                ReadAckRequest,
                PullOldMsgRequest,
                SendMsgRequest,
                Ping,
                SyncSystemUnreadRequest,
                SystemUnreadAckRequest,
                GroupChangeRequest,
                GroupInfoRequest,
                ReadersRequest,
                PresenceSubscribeRequest,
                TypingRequest,
                ChangeMsgRequest,
                MuteConversationRequest {

    @Nullable
    Long rId();

    @Nullable
    String userId();

    /** The response that tells the client that this request was not carried out, and why. */
    ServerPacket failure(ErrorCode code, String text);
}
