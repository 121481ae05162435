package com.linbox.client;

import com.linbox.group.GroupChange;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.GroupEvent;
import com.linbox.protocol.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has made a group or changed it. It is a message of the group's conversation, with a place there.
 *
 * @param actorId who has done it
 * @param change what was done; of many users it names the first hundred, and an update says how all settings are now
 * @param users how many it is about, {@code actorId} of a new group included
 * @param msgId its place in the conversation
 * @param sendTime in milliseconds since the epoch
 */
public record GroupChanged(
        Conversation.Group group, long actorId, GroupChange change, int users, long msgId, long sendTime) {

    /** What a message of a group says of the group; null where it is an ordinary one, or of a kind this client does not know. */
    public static @Nullable GroupChanged of(Message message) {
        if (!message.mimeType().equals(GroupEvent.MIME_TYPE)
                || !(message.conversation() instanceof Conversation.Group group)) {
            return null;
        }
        GroupEvent event = GroupEvent.ofJson(message.content());
        try {
            GroupChange change = event == null ? null : change(event, message.senderId());
            return event == null || change == null
                    ? null
                    : new GroupChanged(
                            group,
                            event.actor() == null ? message.senderId() : Ids.parse("actor", event.actor()),
                            change,
                            Objects.requireNonNullElse(event.count(), 0),
                            message.msgId(),
                            message.sendTime());
        } catch (RequestRejectedException e) {
            return null;
        }
    }

    private static @Nullable GroupChange change(GroupEvent event, long senderId) throws RequestRejectedException {
        List<Long> users = users(event);
        return switch (Objects.requireNonNullElse(event.action(), "")) {
            case "create" -> created(event, users, senderId);
            case "update" -> new GroupChange.Update(event.name(), inviters(event), history(event));
            case "dissolve" -> new GroupChange.Dissolve();
            case "add" -> new GroupChange.Add(users);
            case "remove" -> new GroupChange.Remove(users);
            case "leave" -> new GroupChange.Leave();
            case "role" -> roleGiven(users, Role.ofText(Objects.requireNonNullElse(event.role(), "")));
            case "mute" -> new GroupChange.Mute(users, until(event));
            case "mute_all" -> new GroupChange.MuteAll(until(event));
            default -> null;
        };
    }

    /** The event names the owner first. */
    private static GroupChange created(GroupEvent event, List<Long> users, long senderId)
            throws RequestRejectedException {
        Inviters inviters = inviters(event);
        HistoryAccess history = history(event);
        return new GroupChange.Create(
                Objects.requireNonNullElse(event.name(), ""),
                users.isEmpty() ? senderId : users.get(0),
                users.isEmpty() ? users : users.subList(1, users.size()),
                inviters == null ? Inviters.ADMINISTRATORS : inviters,
                history == null ? HistoryAccess.JOINED : history);
    }

    /** The event names the owner before behind the new one. */
    private static GroupChange roleGiven(List<Long> users, Role role) {
        boolean handedOn = role == Role.OWNER && !users.isEmpty();
        return new GroupChange.GiveRole(handedOn ? users.subList(0, 1) : users, role);
    }

    private static @Nullable Inviters inviters(GroupEvent event) throws RequestRejectedException {
        return event.invite() == null ? null : Inviters.ofText(event.invite());
    }

    private static @Nullable HistoryAccess history(GroupEvent event) throws RequestRejectedException {
        return event.history() == null ? null : HistoryAccess.ofText(event.history());
    }

    private static long until(GroupEvent event) throws RequestRejectedException {
        return event.mutedUntil() == null ? 0 : Moments.read("muted_until", event.mutedUntil());
    }

    private static List<Long> users(GroupEvent event) throws RequestRejectedException {
        List<Long> users = new ArrayList<>();
        for (String id : Objects.requireNonNullElse(event.users(), List.<String>of())) {
            users.add(Ids.parse("users", id));
        }
        return users;
    }
}
