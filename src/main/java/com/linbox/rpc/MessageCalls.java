package com.linbox.rpc;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayDirectory;
import com.linbox.message.Conversation;
import com.linbox.message.RequestRejectedException;
import com.linbox.outbox.Delivery;
import com.linbox.presence.Session;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.SystemMessage;
import com.linbox.rpc.api.ChangedMessage;
import com.linbox.rpc.api.EditRequest;
import com.linbox.rpc.api.MessageService;
import com.linbox.rpc.api.RecallRequest;
import com.linbox.rpc.api.SendRequest;
import com.linbox.rpc.api.SentMessage;
import com.linbox.rpc.api.SystemBroadcastRequest;
import com.linbox.rpc.api.SystemDelivery;
import com.linbox.rpc.api.SystemMessageRequest;
import com.linbox.systemmessage.SystemMessages;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends what the product's back end has to say. */
final class MessageCalls implements MessageService {

    private final MessageSender sender;
    private final SessionFinder sessions;
    private final DeliveryPost post;
    private final SystemMessages systemMessages;
    private final Batches batches;
    private final GatewayDirectory gateways;
    private final CommandReader commands;
    private final RpcSettings settings;

    MessageCalls(
            MessageSender sender,
            SessionFinder sessions,
            DeliveryPost post,
            SystemMessages systemMessages,
            Batches batches,
            GatewayDirectory gateways,
            CommandReader commands,
            RpcSettings settings) {
        this.sender = sender;
        this.sessions = sessions;
        this.post = post;
        this.systemMessages = systemMessages;
        this.batches = batches;
        this.gateways = gateways;
        this.commands = commands;
        this.settings = settings;
    }

    @Override
    public SentMessage send(SendRequest request) {
        Arguments.required("request", request);
        long senderId = Arguments.id("senderId", request.senderId());
        Conversation conversation =
                Arguments.conversation(senderId, "recipientId", request.recipientId(), request.groupId());
        long requestId = Arguments.id("requestId", request.requestId());
        Duration deadline = Arguments.deadline(request.deadlineMillis(), settings);
        return sender.send(senderId, conversation, requestId, request.mimeType(), request.content(), deadline);
    }

    @Override
    public ChangedMessage recall(RecallRequest request) {
        Arguments.required("request", request);
        long operatorId = Arguments.id("operatorId", request.operatorId());
        return sender.change(
                operatorId,
                Arguments.conversation(operatorId, "partnerId", request.partnerId(), request.groupId()),
                msgId(request.msgId()),
                Arguments.id("requestId", request.requestId()),
                null,
                Arguments.deadline(request.deadlineMillis(), settings));
    }

    @Override
    public ChangedMessage edit(EditRequest request) {
        Arguments.required("request", request);
        long operatorId = Arguments.id("operatorId", request.operatorId());
        return sender.change(
                operatorId,
                Arguments.conversation(operatorId, "partnerId", request.partnerId(), request.groupId()),
                msgId(request.msgId()),
                Arguments.id("requestId", request.requestId()),
                Arguments.required("content", request.content()),
                Arguments.deadline(request.deadlineMillis(), settings));
    }

    private static long msgId(Long given) {
        return Arguments.within("msgId", Arguments.required("msgId", given), 1, Long.MAX_VALUE);
    }

    @Override
    public SystemDelivery sendSystem(SystemMessageRequest request) {
        Arguments.required("request", request);
        List<Long> userIds = Arguments.ids("userIds", request.userIds());
        int type = Arguments.required("systemType", request.systemType());
        String content = content(request.content());
        batches.with(batch -> {
            systemMessages.store(batch, userIds, type, content);
            batch.execute();
            return userIds;
        });
        // Looked for when the message is stored: who signs in from here on finds it there.
        List<Session> found = sessions.of(userIds).values().stream()
                .flatMap(Collection::stream)
                .toList();
        post.send(found, session -> new Delivery.SystemMessagesStored(session.connectionId()));
        return new SystemDelivery(found.size());
    }

    @Override
    public SystemDelivery sendSystemToAll(SystemBroadcastRequest request) {
        Arguments.required("request", request);
        int type = Arguments.required("systemType", request.systemType());
        byte[] json = PacketJson.write(SystemMessage.passing(type, content(request.content())));
        Map<String, List<Delivery>> byGateway = new LinkedHashMap<>();
        int connections = 0;
        for (Gateway gateway : gateways.all()) {
            byGateway.put(gateway.id(), List.of(new Delivery.Broadcast(PacketType.SYSTEM_MESSAGE, json)));
            connections += gateway.connections();
        }
        post.send(byGateway);
        return new SystemDelivery(connections);
    }

    private String content(@Nullable String given) {
        String content = given == null ? "" : given;
        try {
            commands.checkContent("content", content);
            return content;
        } catch (RequestRejectedException e) {
            throw Failures.of(e);
        }
    }
}
