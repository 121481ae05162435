package com.linbox.router;

import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.store.MessageStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether something that cannot be done now was done before: a request that comes a second time is answered as the
 * first one, whatever has become of its sender's rights since.
 */
final class StoredBefore {

    private final MessageStore store;

    StoredBefore(MessageStore store) {
        this.store = store;
    }

    /** The message that this draft has become, null where it is none. */
    @Nullable
    Message find(Draft draft) {
        List<Message> found = store.stored(List.of(draft));
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * @throws RequestRejectedException where the message is of another type: the r_id was that of something else
     */
    static void requireType(Message message, String mimeType) throws RequestRejectedException {
        if (!message.mimeType().equals(mimeType)) {
            throw new RequestRejectedException(
                    ErrorCode.CONFLICT, "r_id: " + message.requestId() + " was message " + message.msgId());
        }
    }
}
