package com.linbox.router;

import com.linbox.group.GroupChange;
import com.linbox.group.GroupRules;
import com.linbox.group.GroupState;
import com.linbox.group.GroupUpdate;
import com.linbox.group.Members;
import com.linbox.journal.Origin;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.message.SendOutcome;
import com.linbox.protocol.Command;
import com.linbox.protocol.GroupChangeRequest;
import com.linbox.protocol.GroupChangeResponse;
import com.linbox.protocol.GroupEvent;
import com.linbox.protocol.ServerPacket;
import com.linbox.store.GroupStore;
import com.linbox.store.MessageStore;
import com.linbox.store.Numbering;
import com.linbox.store.StaleGroupException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes groups, each change together with the message that tells of it. Not thread-safe. */
final class GroupChanges {

    private final GroupStore store;
    private final MessageStore messages;
    private final StoredBefore storedBefore;
    private final GroupCache groups;
    private final Numbering numbering;
    private final GroupRules rules;
    private final RouterMeters meters;
    private final Clock clock;

    GroupChanges(RouterServices services, GroupCache groups, Numbering numbering) {
        this.store = services.groups();
        this.messages = services.store();
        this.storedBefore = new StoredBefore(messages);
        this.groups = groups;
        this.numbering = numbering;
        this.rules = services.groupRules();
        this.meters = services.meters();
        this.clock = services.clock();
    }

    /** @throws RequestRejectedException where it may not be, and has not been before */
    Change carryOut(Origin origin, Command.ChangeGroup command) throws RequestRejectedException {
        while (true) {
            try {
                return attempt(origin, command);
            } catch (StaleGroupException e) {
                // Another router has changed it since: each turn of this means that some change has got through.
                groups.forget(command.conversation().groupId());
            }
        }
    }

    private Change attempt(Origin origin, Command.ChangeGroup command)
            throws RequestRejectedException, StaleGroupException {
        long groupId = command.conversation().groupId();
        GroupState state = groups.get(groupId);
        GroupUpdate update;
        try {
            if (state == null && command.change() instanceof GroupChange.Create) {
                refuseUsedId(command);
            }
            update = rules.decide(state, groupId, origin.userId(), origin.trusted(), command.change());
        } catch (RequestRejectedException e) {
            Message first = storedBefore.find(draft(origin, command, ""));
            if (first == null) {
                throw e;
            }
            return answer(origin, command, first, null);
        }
        if (update == null) {
            return answer(origin, command, storedBefore.find(draft(origin, command, "")), null);
        }
        String event = GroupEvent.of(origin.userId(), command.change(), update).json();
        SendOutcome outcome = store.change(draft(origin, command, event), update, numbering, clock.millis());
        if (outcome instanceof SendOutcome.Refused refused) {
            meters.rejected(refused.code());
            return new Change(origin, command.request().failure(refused.code(), refused.detail()), null);
        }
        Message message = Objects.requireNonNull(Outcomes.message(outcome));
        if (outcome instanceof SendOutcome.Duplicate) {
            groups.forget(groupId);
            StoredBefore.requireType(message, GroupEvent.MIME_TYPE);
            return answer(origin, command, message, News.of(message, origin, groups.get(groupId)));
        }
        GroupState after = before(state, update).after(update, message.msgId());
        groups.put(after);
        // Whoever was a member until now is told, of the group's end too.
        return answer(origin, command, message, new News(message, origin, after, update.removed()));
    }

    /** An id that has messages but no members was a group of some other database's: its history is nobody's to have. */
    private void refuseUsedId(Command.ChangeGroup command) throws RequestRejectedException {
        if (!messages.newest(List.of(command.conversation())).isEmpty()) {
            throw new RequestRejectedException(ErrorCode.CONFLICT, "group_id: there are messages of such a group");
        }
    }

    private static GroupState before(@Nullable GroupState state, GroupUpdate update) {
        return state == null ? new GroupState(update.group(), Members.none()) : state;
    }

    private static Draft draft(Origin origin, Command.ChangeGroup command, String content) {
        return new Draft(command.conversation(), origin.userId(), command.requestId(), GroupEvent.MIME_TYPE, content);
    }

    /** @param event null where there was nothing to be changed */
    private static Change answer(
            Origin origin, Command.ChangeGroup command, @Nullable Message event, @Nullable News news)
            throws RequestRejectedException {
        if (event != null) {
            StoredBefore.requireType(event, GroupEvent.MIME_TYPE);
        }
        GroupChangeRequest request = command.request();
        GroupChangeResponse response = new GroupChangeResponse(
                request.rId(),
                request.userId(),
                command.conversation().key(),
                event == null ? null : event.msgId(),
                event == null ? null : event.sendTime(),
                ServerPacket.OK,
                null);
        return new Change(origin, response, news);
    }
}
