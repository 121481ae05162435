package com.linbox.router;

import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import org.jspecify.annotations.Nullable;

/** Reads what became of drafts. */
final class Outcomes {

    private Outcomes() {}

    /**
     * What is in the database now, null where the draft was refused; a duplicate too, for nobody knows whether its first attempt
     * got any further.
     */
    static @Nullable Message message(SendOutcome outcome) {
        if (outcome instanceof SendOutcome.Stored stored) {
            return stored.message();
        }
        return outcome instanceof SendOutcome.Duplicate duplicate ? duplicate.first() : null;
    }

    /** Whether this message is what this draft has become. */
    static boolean isOf(Message message, Draft draft) {
        return message.requestId() == draft.requestId()
                && message.senderId() == draft.senderId()
                && message.conversation().equals(draft.conversation());
    }
}
