package com.linbox.push;

import org.jspecify.annotations.Nullable;

/**
 * That a message waits for a user who was offline when it was stored: JSON for whoever sends notifications to devices. Ids are
 * texts, everything else as in the packets of the protocol.
 *
 * @param eventId the same where the event comes a second time: {@code <conversation>/<msg_id>/<recipient>}
 * @param type of conversation: 2 one to one, 3 group
 * @param remoteId as the recipient sees the conversation: the sender, or the group
 * @param groupId absent in a one-to-one conversation
 * @param preview the beginning of a text; empty for anything else
 * @param sendTime when the message was stored, in milliseconds since the epoch
 * @param badge how many messages the recipient had not read when the event was made, in all conversations that are not muted;
 *     absent where it is switched off
 */
record PushEvent(
        String eventId,
        String recipient,
        String sender,
        int type,
        String remoteId,
        @Nullable String groupId,
        long msgId,
        String mimeType,
        String preview,
        long sendTime,
        @Nullable Long badge) {

    /** Without the preview, which must never reach a log. */
    @Override
    public String toString() {
        return "PushEvent[" + eventId + "]";
    }
}
