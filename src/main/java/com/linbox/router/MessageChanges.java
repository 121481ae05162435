package com.linbox.router;

import com.linbox.group.GroupRules;
import com.linbox.group.GroupState;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.message.SendOutcome;
import com.linbox.protocol.ChangeMsgRequest;
import com.linbox.protocol.ChangeMsgResponse;
import com.linbox.protocol.Command;
import com.linbox.protocol.MessageChange;
import com.linbox.protocol.MessageSettings;
import com.linbox.protocol.ServerPacket;
import com.linbox.store.MessageStore;
import com.linbox.store.Numbering;
import com.linbox.store.Revision;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recalls and edits messages: the message that tells of it and the changed row are stored together, so that history shows the
 * new text and every device learns of it in order. Not thread-safe.
 */
final class MessageChanges {

    private final MessageStore store;
    private final StoredBefore storedBefore;
    private final GroupCache groups;
    private final Numbering numbering;
    private final Supplier<MessageSettings> settings;
    private final RouterMeters meters;
    private final Clock clock;

    MessageChanges(RouterServices services, GroupCache groups, Numbering numbering) {
        this.store = services.store();
        this.storedBefore = new StoredBefore(store);
        this.groups = groups;
        this.numbering = numbering;
        this.settings = services.messageSettings();
        this.meters = services.meters();
        this.clock = services.clock();
    }

    /** @throws RequestRejectedException where it may not be, and has not been before */
    Change carryOut(Origin origin, Command.ChangeMsg wanted) throws RequestRejectedException {
        GroupState group = wanted.conversation() instanceof Conversation.Group conversation
                ? groups.get(conversation.groupId())
                : null;
        Draft draft = draft(origin, wanted);
        Message original;
        try {
            original = original(origin, wanted, group);
        } catch (RequestRejectedException e) {
            Message first = storedBefore.find(draft);
            if (first == null) {
                throw e;
            }
            return answer(origin, wanted, first, null);
        }
        SendOutcome outcome = store.append(draft, revision(wanted, original), numbering, clock.millis());
        if (outcome instanceof SendOutcome.Refused refused) {
            meters.rejected(refused.code());
            return new Change(origin, wanted.request().failure(refused.code(), refused.detail()), null);
        }
        Message event = Objects.requireNonNull(Outcomes.message(outcome));
        return answer(origin, wanted, event, News.of(event, origin, group));
    }

    private static Change answer(Origin origin, Command.ChangeMsg wanted, Message event, @Nullable News news)
            throws RequestRejectedException {
        StoredBefore.requireType(event, MessageChange.MIME_TYPE);
        ChangeMsgRequest request = wanted.request();
        ChangeMsgResponse response = new ChangeMsgResponse(
                request.rId(),
                request.userId(),
                request.remoteId(),
                request.groupId(),
                request.type(),
                wanted.msgId(),
                event.msgId(),
                event.sendTime(),
                ServerPacket.OK,
                null);
        return new Change(origin, response, news);
    }

    /** The message that is to be changed, where it may be. */
    private Message original(Origin origin, Command.ChangeMsg wanted, @Nullable GroupState group)
            throws RequestRejectedException {
        if (wanted.conversation() instanceof Conversation.Group) {
            if (origin.trusted()) {
                GroupRules.requireGroup(group);
            } else if (wanted.content() != null) {
                GroupRules.maySend(group, origin.userId(), origin.arrivedAt());
            } else if (group == null || group.member(origin.userId()) == null) {
                throw GroupRules.notMember();
            }
        }
        List<Message> found = store.pull(wanted.conversation(), wanted.msgId() - 1, wanted.msgId(), 1);
        if (found.isEmpty()) {
            throw new RequestRejectedException(ErrorCode.NO_SUCH_MESSAGE, "msg_id: " + wanted.msgId());
        }
        Message message = found.get(0);
        if (!origin.trusted()) {
            checkOwnAndNew(origin, wanted, message);
        }
        if (message.mimeType().startsWith(MessageChange.OWN_TYPES)) {
            throw new RequestRejectedException(
                    ErrorCode.CONFLICT,
                    message.mimeType().equals(MessageChange.RECALLED)
                            ? "msg_id: the message was recalled"
                            : "msg_id: an event, not a message");
        }
        return message;
    }

    private void checkOwnAndNew(Origin origin, Command.ChangeMsg wanted, Message message)
            throws RequestRejectedException {
        if (message.senderId() != origin.userId()) {
            throw new RequestRejectedException(ErrorCode.NOT_ALLOWED, "msg_id: another user's message");
        }
        Duration within = wanted.content() == null
                ? settings.get().recallWithin()
                : settings.get().editWithin();
        // When the request came, not when its turn has come.
        if (origin.arrivedAt() - message.sendTime() > within.toMillis()) {
            throw new RequestRejectedException(
                    ErrorCode.TOO_LATE, "msg_id: older than " + within.toSeconds() + " seconds");
        }
    }

    private static Draft draft(Origin origin, Command.ChangeMsg wanted) {
        String action = MessageChange.actionOf(wanted.content());
        return new Draft(
                wanted.conversation(),
                origin.userId(),
                wanted.requestId(),
                MessageChange.MIME_TYPE,
                new MessageChange(action, wanted.msgId(), wanted.content()).json());
    }

    private static Revision revision(Command.ChangeMsg wanted, Message original) {
        return wanted.content() == null
                ? new Revision(wanted.msgId(), MessageChange.RECALLED, "")
                : new Revision(wanted.msgId(), original.mimeType(), wanted.content());
    }
}
