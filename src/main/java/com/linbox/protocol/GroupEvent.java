package com.linbox.protocol;

import com.linbox.group.GroupChange;
import com.linbox.group.GroupUpdate;
import com.linbox.group.Member;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of the message that tells a group's members of a change.
 *
 * @param action one of {@link GroupChange}'s
 * @param users whom it is about, the first hundred of them
 * @param count how many it is about
 * @param mutedUntil in milliseconds since the epoch; 0 no more, −1 for ever
 */
public record GroupEvent(
        @Nullable String action,
        @Nullable String actor,
        @Nullable List<String> users,
        @Nullable Integer count,
        @Nullable String name,
        @Nullable String role,
        @Nullable String invite,
        @Nullable String history,
        @Nullable Long mutedUntil) {

    /** The {@code mime_type} of such a message. */
    public static final String MIME_TYPE = "application/vnd.linbox.group-event+json";

    private static final int MAX_USERS = 100;

    /** Says that {@code actorId} has done this, and what came of it. */
    public static GroupEvent of(long actorId, GroupChange change, GroupUpdate update) {
        List<Long> users = Stream.of(
                        update.joined().stream().map(Member::userId),
                        update.changed().stream().map(Member::userId),
                        update.removed().stream())
                .flatMap(ids -> ids)
                .toList();
        boolean made = change instanceof GroupChange.Create;
        boolean described = made || change instanceof GroupChange.Update;
        return new GroupEvent(
                change.action(),
                Long.toString(actorId),
                users.isEmpty()
                        ? null
                        : users.stream()
                                .limit(MAX_USERS)
                                .map(id -> Long.toString(id))
                                .toList(),
                users.isEmpty() ? null : users.size(),
                described ? update.group().name() : null,
                change instanceof GroupChange.GiveRole give ? give.role().text() : null,
                described ? update.group().inviters().text() : null,
                described ? update.group().history().text() : null,
                Moments.onWire(change));
    }

    /** Reads a message's content; null where it is no event. */
    public static @Nullable GroupEvent ofJson(String content) {
        return PacketJson.valueOf(content, GroupEvent.class);
    }

    /** As a message's content. */
    public String json() {
        return PacketJson.text(this);
    }
}
