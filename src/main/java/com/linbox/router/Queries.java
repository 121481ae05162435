package com.linbox.router;

import com.linbox.group.GroupRules;
import com.linbox.group.GroupState;
import com.linbox.group.Membership;
import com.linbox.inbox.Inbox;
import com.linbox.inbox.InboxEntry;
import com.linbox.journal.Origin;
import com.linbox.message.Conversation;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.presence.Presence;
import com.linbox.protocol.Command;
import com.linbox.redis.RedisBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Begins to answer requests: the one place that knows which of them there are. Not thread-safe. */
final class Queries {

    /** How old what is known of a group may be where it decides nothing but whom to tell, or what a list shows. */
    private static final Duration GROUP_AGE = Duration.ofMillis(500);

    private final RouterServices services;
    private final Inbox inbox;
    private final Presence presence;
    private final RedisBatch redis;
    private final GroupCache groups;
    private final long maxBytes;

    Queries(RouterServices services, RedisBatch redis) {
        this.services = services;
        this.inbox = services.inbox();
        this.presence = services.presence();
        this.redis = redis;
        this.groups = new GroupCache(services.groups(), services.settings().cachedMembers());
        this.maxBytes = services.settings().maxResponse().toBytes();
    }

    /** @throws RequestRejectedException where the user may not ask for it, or it is nothing that is answered here */
    Query begin(Origin origin, Command command, Wave wave) throws RequestRejectedException {
        long user = origin.userId();
        if (command instanceof Command.ReadAck ack) {
            return new ReadAckQuery(origin, ack, move(origin, ack.conversation(), wave));
        }
        if (command instanceof Command.Pull pull) {
            long readableAfter = pull.conversation() instanceof Conversation.Group group
                    ? wave.membership(group, user).readableAfter()
                    : 0;
            ReadMove move = pull.fromNewest() ? move(origin, pull.conversation(), wave) : null;
            return new PullQuery(origin, pull, readableAfter, move, maxBytes);
        }
        if (command instanceof Command.SyncAll all) {
            // One more than asked for tells whether there are more.
            List<Membership> memberships = wave.groupsOf(user);
            var page = inbox.page(redis, user, memberships, all.offset(), all.limit() + 1);
            return new SyncUnreadQuery(origin, all, page, memberships, inbox, redis, maxBytes);
        }
        if (command instanceof Command.SyncOne one) {
            var entry = entry(user, one.conversation(), wave)
                    .thenApply(found -> found == null ? List.<InboxEntry>of() : List.of(found));
            List<Membership> memberships = one.conversation() instanceof Conversation.Group group
                    ? List.of(wave.membership(group, user))
                    : List.of();
            return new SyncUnreadQuery(
                    origin, new Command.SyncAll(one.request(), 0, 1), entry, memberships, inbox, redis, maxBytes);
        }
        if (command instanceof Command.Readers readers) {
            if (readers.conversation() instanceof Conversation.Group group) {
                wave.membership(group, user);
            }
            return new ReadersQuery(origin, readers, inbox, redis);
        }
        if (command instanceof Command.MuteConversation mute) {
            if (mute.conversation() instanceof Conversation.Group group) {
                wave.membership(group, user);
            }
            return new MuteQuery(origin, mute, inbox, redis, services.clock());
        }
        if (command instanceof Command.GroupInfo info) {
            return new GroupInfoQuery(origin, info, group(info.groupId(), user), services.clock());
        }
        if (command instanceof Command.Typing typing) {
            GroupState group = typing.conversation() instanceof Conversation.Group conversation
                    ? group(conversation.groupId(), user)
                    : null;
            return new TypingQuery(origin, typing, group, presence, redis);
        }
        if (command instanceof Command.SystemUnread unread) {
            return new SystemUnreadQuery(origin, unread.request(), services.systemMessages(), redis);
        }
        if (command instanceof Command.SystemUnreadAck ack) {
            return new SystemUnreadAckQuery(origin, ack, services.systemMessages(), redis);
        }
        throw new RequestRejectedException(
                ErrorCode.UNSUPPORTED, "packet type: " + origin.type().code());
    }

    private ReadMove move(Origin origin, Conversation conversation, Wave wave) throws RequestRejectedException {
        return new ReadMove(origin, conversation, entry(origin.userId(), conversation, wave), inbox, presence, redis);
    }

    private CompletionStage<? extends @Nullable InboxEntry> entry(long user, Conversation conversation, Wave wave)
            throws RequestRejectedException {
        if (conversation instanceof Conversation.Group group) {
            Membership membership = wave.membership(group, user);
            return inbox.entry(redis, membership);
        }
        return inbox.entry(redis, user, (Conversation.Session) conversation);
    }

    /** The group with its members, for one of them. */
    private GroupState group(long groupId, long user) throws RequestRejectedException {
        GroupState group = groups.notOlderThan(groupId, GROUP_AGE);
        if (group == null || group.member(user) == null) {
            throw GroupRules.notMember();
        }
        return group;
    }
}
