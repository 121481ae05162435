package com.linbox.chat;

import com.linbox.client.GroupChanged;
import com.linbox.client.MessageChanged;
import com.linbox.group.GroupChange;
import com.linbox.message.Message;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has happened to groups and messages, in words. */
final class Wording {

    private Wording() {}

    /** Null where the message is an ordinary one. */
    static @Nullable String ofEvent(Message message) {
        GroupChanged group = GroupChanged.of(message);
        if (group != null) {
            return of(group);
        }
        MessageChanged changed = MessageChanged.of(message);
        return changed == null ? null : of(changed);
    }

    static String of(MessageChanged changed) {
        return changed.actorId()
                + (changed.isRecall()
                        ? " recalled message " + changed.changedMsgId()
                        : " rewrote message " + changed.changedMsgId() + ": " + changed.newContent());
    }

    static String of(GroupChanged changed) {
        return changed.actorId() + " " + done(changed);
    }

    private static String done(GroupChanged changed) {
        GroupChange change = changed.change();
        if (change instanceof GroupChange.Create create) {
            return "made the group " + create.name();
        } else if (change instanceof GroupChange.Update update) {
            return "changed the group; it is called " + update.name();
        } else if (change instanceof GroupChange.Dissolve) {
            return "dissolved the group";
        } else if (change instanceof GroupChange.Add add) {
            return "added " + users(add.userIds(), changed);
        } else if (change instanceof GroupChange.Remove remove) {
            return "removed " + users(remove.userIds(), changed);
        } else if (change instanceof GroupChange.Leave) {
            return "left";
        } else if (change instanceof GroupChange.GiveRole give) {
            return "made " + users(give.userIds(), changed) + " " + give.role().text();
        } else if (change instanceof GroupChange.Mute mute) {
            return (mute.until() == 0 ? "unmuted " : "muted ") + users(mute.userIds(), changed);
        }
        return change instanceof GroupChange.MuteAll mute && mute.until() == 0 ? "unmuted all" : "muted all";
    }

    private static String users(List<Long> named, GroupChanged changed) {
        String names = named.stream().map(id -> Long.toString(id)).collect(Collectors.joining(", "));
        int more = changed.users() - named.size();
        // A new owner's role takes the old one's with it.
        return more > 0 && !(changed.change() instanceof GroupChange.GiveRole)
                ? names + " and " + more + " more"
                : names;
    }
}
