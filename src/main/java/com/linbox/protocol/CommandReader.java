package com.linbox.protocol;

import com.linbox.message.Conversation;
import com.linbox.message.ConversationType;
import com.linbox.message.Draft;
import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks requests. A gateway does so before it queues one, so that the client gets its answer at once; a router does so
 * again, because it trusts no queue. Immutable and thread-safe.
 */
public final class CommandReader {

    /** The most conversations or messages in one response. Who asks for more gets this many. */
    public static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_MIME_TYPE = 64;
    private static final String DEFAULT_MIME_TYPE = "text/plain";

    private final IntSupplier maxContent;

    /** @param maxContent the most bytes of UTF-8 in a message's content, asked for at each message */
    public CommandReader(IntSupplier maxContent) {
        this.maxContent = maxContent;
    }

    /**
     * @param userId who is signed in
     * @throws RequestRejectedException where a field is missing or wrong; the text names it
     */
    public Command read(Request request, long userId) throws RequestRejectedException {
        if (request instanceof SendMsgRequest send) {
            return new Command.Send(send, draft(send, userId));
        }
        if (request instanceof ReadAckRequest ack) {
            Conversation conversation = conversation(userId, ack.type(), ack.remoteId(), ack.groupId());
            return new Command.ReadAck(ack, conversation, atLeast(0, "msg_id", required("msg_id", ack.msgId())));
        }
        if (request instanceof SyncUnreadRequest sync) {
            return sync(sync, userId);
        }
        if (request instanceof PullOldMsgRequest pull) {
            return pull(pull, userId);
        }
        if (request instanceof SyncSystemUnreadRequest sync) {
            return new Command.SystemUnread(sync);
        }
        if (request instanceof SystemUnreadAckRequest ack) {
            return new Command.SystemUnreadAck(ack, required("type", ack.type()));
        }
        if (request instanceof GroupChangeRequest change) {
            return new Command.ChangeGroup(
                    change,
                    new Conversation.Group(Ids.parse("group_id", change.groupId())),
                    required("r_id", change.rId()),
                    GroupCommandReader.read(change, userId));
        }
        if (request instanceof GroupInfoRequest info) {
            Long after = info.after() == null || info.after().isEmpty() ? null : Ids.parse("after", info.after());
            return new Command.GroupInfo(info, Ids.parse("group_id", info.groupId()), after, limit(info.limit()));
        }
        if (request instanceof ReadersRequest readers) {
            return readers(readers, userId);
        }
        if (request instanceof TypingRequest typing) {
            return new Command.Typing(typing, conversation(userId, typing.type(), typing.remoteId(), typing.groupId()));
        }
        if (request instanceof ChangeMsgRequest change) {
            return changeMessage(change, userId);
        }
        if (request instanceof MuteConversationRequest mute) {
            return new Command.MuteConversation(
                    mute,
                    conversation(userId, mute.type(), mute.remoteId(), mute.groupId()),
                    Moments.read("until", mute.until()));
        }
        throw unsupported(
                request instanceof AuthRequest
                        ? "this connection is signed in already"
                        : "packet type " + request.packetType().code() + " is not served yet");
    }

    private Draft draft(SendMsgRequest send, long userId) throws RequestRejectedException {
        Conversation conversation = conversation(userId, send.type(), send.remoteId(), send.groupId());
        MessageBody body = required("msg", send.msg());
        long requestId = required("msg.r_id", body.rId());
        String mimeType = body.mimeType() == null || body.mimeType().isEmpty() ? DEFAULT_MIME_TYPE : body.mimeType();
        if (mimeType.length() > MAX_MIME_TYPE || !isPrintableAscii(mimeType)) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE,
                    "msg.mime_type: " + mimeType.length() + " characters (expected: at most " + MAX_MIME_TYPE
                            + ", printable ASCII)");
        }
        if (mimeType.startsWith(MessageChange.OWN_TYPES)) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, "msg.mime_type: " + MessageChange.OWN_TYPES + "… is the server's own");
        }
        String content = body.content() == null ? "" : body.content();
        checkContent("msg.content", content);
        return new Draft(conversation, userId, requestId, mimeType, content);
    }

    /**
     * Checks a content that is about to be sent.
     *
     * @param field its name, for the error's text
     * @throws RequestRejectedException where it is too long, or no text that can be written as UTF-8
     */
    public void checkContent(String field, String content) throws RequestRejectedException {
        int half = Texts.halfSurrogatePair(content);
        if (half >= 0) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, field + ": half a surrogate pair at character " + half);
        }
        int limit = maxContent.getAsInt();
        int bytes = Texts.utf8Length(content);
        if (bytes > limit) {
            throw new RequestRejectedException(
                    ErrorCode.CONTENT_TOO_LARGE,
                    field + ": " + bytes + " bytes of UTF-8 (expected: at most " + limit + ")");
        }
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static Command sync(SyncUnreadRequest sync, long userId) throws RequestRejectedException {
        int code = sync.type() == null ? ConversationType.ALL.code() : sync.type();
        if (ConversationType.of(code) != ConversationType.ALL) {
            return new Command.SyncOne(sync, conversation(userId, code, sync.remoteId(), sync.groupId()));
        }
        int offset = sync.offset() == null ? 0 : sync.offset();
        atLeast(0, "offset", offset);
        return new Command.SyncAll(sync, offset, limit(sync.limit()));
    }

    private static Command pull(PullOldMsgRequest pull, long userId) throws RequestRejectedException {
        Conversation conversation = conversation(userId, pull.type(), pull.remoteId(), pull.groupId());
        long max = pull.maxMsgId() == null ? -1 : pull.maxMsgId();
        atLeast(-1, "max_msg_id", max);
        // A client that knows nothing yet may say −1 here too.
        long min = pull.minMsgId() == null ? 0 : Math.max(0, pull.minMsgId());
        return new Command.Pull(pull, conversation, min, max < 0 ? Long.MAX_VALUE : max, max < 0, limit(pull.limit()));
    }

    private Command changeMessage(ChangeMsgRequest change, long userId) throws RequestRejectedException {
        Conversation conversation = conversation(userId, change.type(), change.remoteId(), change.groupId());
        long requestId = required("r_id", change.rId());
        long msgId = atLeast(1, "msg_id", required("msg_id", change.msgId()));
        String action = required("action", change.action());
        return switch (action) {
            case MessageChange.RECALL -> new Command.ChangeMsg(change, conversation, requestId, msgId, null);
            case MessageChange.EDIT -> {
                String content = required("content", change.content());
                checkContent("content", content);
                yield new Command.ChangeMsg(change, conversation, requestId, msgId, content);
            }
            default ->
                throw new RequestRejectedException(
                        ErrorCode.INVALID_VALUE, "action: unknown (expected: recall or edit)");
        };
    }

    private static Command readers(ReadersRequest readers, long userId) throws RequestRejectedException {
        Conversation conversation = conversation(userId, readers.type(), readers.remoteId(), readers.groupId());
        long msgId = atLeast(1, "msg_id", required("msg_id", readers.msgId()));
        int offset = readers.offset() == null ? 0 : readers.offset();
        atLeast(0, "offset", offset);
        return new Command.Readers(readers, conversation, msgId, offset, limit(readers.limit()));
    }

    private static int limit(@Nullable Integer limit) throws RequestRejectedException {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        atLeast(1, "limit", limit);
        return Math.min(limit, MAX_LIMIT);
    }

    private static Conversation conversation(
            long userId, @Nullable Integer type, @Nullable String remoteId, @Nullable String groupId)
            throws RequestRejectedException {
        int code = required("type", type);
        return switch (ConversationType.of(code)) {
            case SESSION -> new Conversation.Session(userId, Ids.parse("remote_id", remoteId));
            // A client may answer a NewMessage as it came, with the group's id in both.
            case GROUP ->
                new Conversation.Group(
                        Ids.parse("group_id", groupId == null || groupId.isEmpty() ? remoteId : groupId));
            case ALL ->
                throw new RequestRejectedException(
                        ErrorCode.UNKNOWN_CONVERSATION_TYPE, "type: 1 (expected: 2 session or 3 group)");
        };
    }

    private static <T> T required(String field, @Nullable T value) throws RequestRejectedException {
        if (value == null) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
        return value;
    }

    private static long atLeast(long lowest, String field, long value) throws RequestRejectedException {
        if (value < lowest) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, field + ": " + value + " (expected: >= " + lowest + ")");
        }
        return value;
    }

    private static RequestRejectedException unsupported(String detail) {
        return new RequestRejectedException(ErrorCode.UNSUPPORTED, detail);
    }
}
