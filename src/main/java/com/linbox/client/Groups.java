package com.linbox.client;

import com.linbox.group.GroupChange;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.GroupChangeResponse;
import com.linbox.protocol.GroupInfoResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a user does to groups, of {@link LinboxClient#groups()}. Needs protocol version 2; on a client of version 1 every call
 * fails with {@link IllegalArgumentException}. To talk in a group is the client's own: with a
 * {@link Conversation.Group} its methods do in a group what they do anywhere.
 *
 * <p>Changes are tried like sends, until they are answered, and done once. They complete with the place and time of the
 * event that tells the members ({@link ClientListener#groupChanged}), which this client itself is not told of; its
 * {@code msgId} is 0 where there was nothing to change. They fail with {@link RefusedException}: 403 where the user may not
 * do it or is no member, 409 where it cannot be as things stand.
 *
 * <p>Moments until which somebody is muted are milliseconds since the epoch; {@link Long#MAX_VALUE} is for ever.
 */
public final class Groups {

    private static final int PAGE = 200;

    private final ClientSession session;
    private final GroupRequests requests;
    private final long userId;

    Groups(ClientSession session, long userId) {
        this.session = session;
        this.requests = new GroupRequests(userId);
        this.userId = userId;
    }

    /**
     * Makes a group, with this user as its owner.
     *
     * @param members the others, at most 1,000
     * @param inviters who may add members
     * @param history how much those added later may read
     * @return the group's id
     */
    public CompletableFuture<Long> create(
            String name, Collection<Long> members, Inviters inviters, HistoryAccess history) {
        long id = session.nextId();
        var create = new GroupChange.Create(name, userId, List.copyOf(members), inviters, history);
        return session.send(requests.change(id, null, create), id, null)
                .thenApply(answer -> groupId((GroupChangeResponse) answer));
    }

    private static long groupId(GroupChangeResponse made) {
        try {
            return Ids.parse("group_id", made.groupId());
        } catch (RequestRejectedException e) {
            throw new IllegalStateException(e.detail(), e);
        }
    }

    /** Renames it or changes its settings; null leaves one as it is. */
    public CompletableFuture<SentMessage> update(
            long groupId, @Nullable String name, @Nullable Inviters inviters, @Nullable HistoryAccess history) {
        return change(groupId, new GroupChange.Update(name, inviters, history));
    }

    /** Ends it, for the owner to do. Nobody is a member any more. */
    public CompletableFuture<SentMessage> dissolve(long groupId) {
        return change(groupId, new GroupChange.Dissolve());
    }

    /** Adds users, at most 1,000 at once. */
    public CompletableFuture<SentMessage> addMembers(long groupId, Collection<Long> users) {
        return change(groupId, new GroupChange.Add(List.copyOf(users)));
    }

    public CompletableFuture<SentMessage> removeMembers(long groupId, Collection<Long> users) {
        return change(groupId, new GroupChange.Remove(List.copyOf(users)));
    }

    /** Leaves the group. Its owner cannot, but must hand it on before. */
    public CompletableFuture<SentMessage> leave(long groupId) {
        return change(groupId, new GroupChange.Leave());
    }

    /** Gives members another role, for the owner to do. A new owner takes the place of the old one. */
    public CompletableFuture<SentMessage> giveRole(long groupId, Collection<Long> users, Role role) {
        return change(groupId, new GroupChange.GiveRole(List.copyOf(users), role));
    }

    /** Lets members send nothing until then. */
    public CompletableFuture<SentMessage> muteMembers(long groupId, Collection<Long> users, long until) {
        return change(groupId, new GroupChange.Mute(List.copyOf(users), until));
    }

    public CompletableFuture<SentMessage> unmuteMembers(long groupId, Collection<Long> users) {
        return muteMembers(groupId, users, 0);
    }

    /** Lets only administrators and the owner send until then. */
    public CompletableFuture<SentMessage> muteAll(long groupId, long until) {
        return change(groupId, new GroupChange.MuteAll(until));
    }

    public CompletableFuture<SentMessage> unmuteAll(long groupId) {
        return muteAll(groupId, 0);
    }

    private CompletableFuture<SentMessage> change(long groupId, GroupChange change) {
        long id = session.nextId();
        return session.send(requests.change(id, groupId, change), id, new Conversation.Group(groupId))
                .thenApply(answer -> StoredAnswers.sent(answer, id));
    }

    /** As it is, or was half a second ago at most; so it is with {@link #members}. */
    public CompletableFuture<GroupInfo> info(long groupId) {
        return page(groupId, null, 1).thenApply(info -> WireGroups.info(groupId, info));
    }

    /** All members, page by page from the server, in no order that means anything. */
    public CompletableFuture<List<GroupMember>> members(long groupId) {
        return membersFrom(groupId, null, new ArrayList<>());
    }

    private CompletableFuture<List<GroupMember>> membersFrom(
            long groupId, @Nullable String after, List<GroupMember> found) {
        return page(groupId, after, PAGE).thenCompose(page -> {
            found.addAll(WireGroups.members(page));
            String next = page.after();
            return next == null || next.equals(after)
                    ? CompletableFuture.completedFuture(found)
                    : membersFrom(groupId, next, found);
        });
    }

    private CompletableFuture<GroupInfoResponse> page(long groupId, @Nullable String after, int limit) {
        long id = session.nextId();
        return session.query(requests.info(id, groupId, after, limit), id).thenApply(GroupInfoResponse.class::cast);
    }
}
