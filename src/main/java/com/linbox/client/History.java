package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.SyncUnreadResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What {@link Deliveries} asks the server for. Called on the event loop; the futures complete there. */
interface History {

    /** The messages with {@code minMsgId < msg_id <= maxMsgId}, newest first, at most {@code limit}. */
    CompletableFuture<List<Message>> pull(Conversation conversation, long maxMsgId, long minMsgId, int limit);

    /** One page of the user's conversations, newest first, or the one conversation given. */
    CompletableFuture<SyncUnreadResponse> unread(@Nullable Conversation conversation, int offset, int limit);
}
