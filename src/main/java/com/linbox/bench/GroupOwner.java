package com.linbox.bench;

import com.linbox.client.ConnectionFailedException;
import com.linbox.client.RefusedException;
import com.linbox.message.ConversationType;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.GroupChangeRequest;
import com.linbox.protocol.GroupChangeResponse;
import com.linbox.protocol.MessageBody;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SendMsgRequest;
import com.linbox.protocol.SendMsgResponse;
import com.linbox.protocol.ServerPacket;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Makes the group and sends to it. Requests for changes go one at a time. */
final class GroupOwner extends GroupUser {

    private final String content;
    private final String filler;
    private volatile CompletableFuture<Long> changing = new CompletableFuture<>();
    private volatile long group;
    private long lastRequestId;
    private long next;

    GroupOwner(long userId, long run, BenchSettings settings, GroupMeasurements measurements) {
        super(userId, measurements);
        this.content = "lbg" + Long.toString(run, Character.MAX_RADIX) + ":";
        this.filler = " " + "x".repeat(settings.payload());
        this.lastRequestId = run << 20;
    }

    /** What stands before a message's number, in JSON. */
    byte[] mark() {
        return ("\"content\":\"" + content).getBytes(StandardCharsets.US_ASCII);
    }

    EventLoop eventLoop() {
        return Objects.requireNonNull(connection).eventLoop();
    }

    void groupIs(long id) {
        group = id;
    }

    long group() {
        return group;
    }

    long nextRequestId() {
        return ++lastRequestId;
    }

    /** @return the group's id */
    CompletableFuture<Long> change(GroupChangeRequest request) {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        changing = answer;
        write(PacketType.GROUP_CHANGE_REQUEST, PacketJson.write(request));
        return answer;
    }

    /** @param due when the message was to be sent */
    void send(long due) {
        long number = next++;
        long requestId = nextRequestId();
        int type = ConversationType.GROUP.code();
        String to = Long.toString(group);
        MessageBody body =
                new MessageBody(requestId, user, null, to, null, "text/plain", content + number + filler, null, type);
        measurements.sent(number, due);
        write(PacketType.SEND_MSG_REQUEST, PacketJson.write(new SendMsgRequest(requestId, user, null, to, body, type)));
    }

    @Override
    public void received(PacketType type, byte[] json) {
        try {
            if (type == PacketType.GROUP_CHANGE_RESPONSE) {
                changed((GroupChangeResponse) PacketJson.read(type, json));
            } else if (type == PacketType.SEND_MSG_RESPONSE
                    && ((SendMsgResponse) PacketJson.read(type, json)).status() != ServerPacket.OK) {
                measurements.refused();
            }
        } catch (RequestRejectedException e) {
            measurements.refused();
        }
    }

    private void changed(GroupChangeResponse response) {
        if (response.status() == ServerPacket.OK) {
            changing.complete(Long.parseLong(Objects.requireNonNull(response.groupId())));
        } else {
            changing.completeExceptionally(
                    new RefusedException(response.status(), Objects.requireNonNullElse(response.errMsg(), "")));
        }
    }

    @Override
    public void closed(ConnectionFailedException cause) {
        super.closed(cause);
        changing.completeExceptionally(cause);
    }
}
