package com.linbox.router;

import static java.util.Objects.requireNonNull;

import com.linbox.group.GroupState;
import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.NewMessage;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A stored group message for a part of the members, as the topic {@code linbox.fanout} carries it. Numbers are big endian:
 *
 * <pre>
 *  0         1          9               17        25      29
 * +---------+----------+---------------+---------+-------+--------+------------------+
 * | layout  | group id | group version | msg_id  | chunk | chunks | NewMessage's     |
 * | 1 byte  | 8 bytes  | 8 bytes       | 8 bytes | 4     | 4      | JSON, to the end |
 * +---------+----------+---------------+---------+-------+--------+------------------+
 * </pre>
 *
 * @param version the group's when the message was stored: whoever is no member any more in it is not to get the message
 * @param chunk which of {@code chunks} parts, see {@link com.linbox.group.Members#chunk}; {@link #WHOLE} where all of them
 *     are yet to be made
 * @param json of a NewMessage without {@code user_id}
 */
record FanoutPart(long groupId, long version, long msgId, int chunk, int chunks, byte[] json) {

    /** In place of a chunk: for all members. */
    static final int WHOLE = -1;

    private static final byte LAYOUT = 1;
    private static final int HEAD = 1 + 3 * Long.BYTES + 2 * Integer.BYTES;

    /** What all parts of a message have in common. */
    static byte[] json(Message message) {
        String groupId = message.conversation().key();
        return PacketJson.write(new NewMessage(
                null, groupId, groupId, message.conversation().type().code(), MessageBody.of(message)));
    }

    /**
     * The message in it.
     *
     * @throws IllegalArgumentException where there is none
     */
    Message message() {
        try {
            MessageBody body = requireNonNull(((NewMessage) PacketJson.read(PacketType.NEW_MESSAGE, json)).msg());
            return new Message(
                    new Conversation.Group(groupId),
                    Ids.parse("from_user_id", body.fromUserId()),
                    requireNonNull(body.rId()),
                    msgId,
                    requireNonNull(body.mimeType()),
                    requireNonNull(body.content()),
                    requireNonNull(body.sendTime()));
        } catch (RequestRejectedException e) {
            throw new IllegalArgumentException(e.detail());
        }
    }

    static FanoutPart of(GroupState state, Message message, int chunk, int chunks, byte[] json) {
        return new FanoutPart(state.groupId(), state.group().version(), message.msgId(), chunk, chunks, json);
    }

    boolean isWhole() {
        return chunk == WHOLE;
    }

    /** The same for one chunk. */
    FanoutPart ofChunk(int number) {
        return new FanoutPart(groupId, version, msgId, number, chunks, json);
    }

    /** What parts have in common that must keep their order: the members are the same ones. */
    String key() {
        return groupId + "/" + (isWhole() ? "all" : chunk);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEAD + json.length)
                .put(LAYOUT)
                .putLong(groupId)
                .putLong(version)
                .putLong(msgId)
                .putInt(chunk)
                .putInt(chunks)
                .put(json)
                .array();
    }

    /** @throws IllegalArgumentException where the bytes are no such record */
    static FanoutPart ofBytes(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte layout = in.get();
            if (layout != LAYOUT) {
                throw new IllegalArgumentException("layout: " + layout + " (expected: " + LAYOUT + ")");
            }
            long groupId = in.getLong();
            long version = in.getLong();
            long msgId = in.getLong();
            int chunk = in.getInt();
            int chunks = in.getInt();
            byte[] json = new byte[in.remaining()];
            in.get(json);
            return new FanoutPart(groupId, version, msgId, chunk, chunks, json);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("cut off after " + bytes.length + " bytes", e);
        }
    }
}
