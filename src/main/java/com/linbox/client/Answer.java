package com.linbox.client;

import com.linbox.protocol.Pong;
import com.linbox.protocol.PresenceSubscribeResponse;
import com.linbox.protocol.PullOldMsgResponse;
import com.linbox.protocol.ReadAckResponse;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import com.linbox.protocol.SyncSystemUnreadResponse;
import com.linbox.protocol.SyncUnreadResponse;
import com.linbox.protocol.SystemUnreadAckResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all answers have in common. */
record Answer(long requestId, int status, String text) {

    /** Null where the packet answers no request, or does not say which. */
    static @Nullable Answer of(ServerPacket packet) {
        if (packet instanceof SendMsgResponse sent) {
            return of(sent.rId() == null ? sent.msgRId() : sent.rId(), sent.status(), sent.errMsg());
        } else if (packet instanceof PullOldMsgResponse pulled) {
            return of(pulled.rId(), pulled.status(), pulled.errMsg());
        } else if (packet instanceof SyncUnreadResponse unread) {
            return of(unread.rId(), unread.status(), unread.errMsg());
        } else if (packet instanceof ReadAckResponse read) {
            return of(read.rId(), read.status(), read.errCode());
        } else if (packet instanceof PresenceSubscribeResponse presence) {
            return of(presence.rId(), presence.status(), presence.errMsg());
        } else if (packet instanceof SyncSystemUnreadResponse unread) {
            return of(unread.rId(), unread.status(), unread.errMsg());
        } else if (packet instanceof SystemUnreadAckResponse ack) {
            return of(ack.rId(), ack.status(), ack.errMsg());
        } else if (packet instanceof Pong pong) {
            return of(pong.rId(), Objects.requireNonNullElse(pong.status(), ServerPacket.OK), pong.errMsg());
        }
        return null;
    }

    private static @Nullable Answer of(@Nullable Long requestId, int status, @Nullable String text) {
        return requestId == null ? null : new Answer(requestId, status, Objects.requireNonNullElse(text, ""));
    }
}
