package com.linbox.rpc;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayDirectory;
import com.linbox.group.GroupIds;
import com.linbox.im.interfaces.IIMService;
import com.linbox.message.Conversation;
import com.linbox.message.ConversationType;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.rpc.api.MessageService;
import com.linbox.rpc.api.SystemMessageRequest;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The original's interface, by means of the others. */
final class OriginalCalls implements IIMService {

    private final GatewayDirectory gateways;
    private final CredentialCalls credentials;
    private final MessageSender sender;
    private final MessageService messages;
    private final GroupIds groupIds;
    private final RpcSettings settings;
    private final Random random = new SecureRandom();

    OriginalCalls(
            GatewayDirectory gateways,
            CredentialCalls credentials,
            MessageSender sender,
            MessageService messages,
            GroupIds groupIds,
            RpcSettings settings) {
        this.gateways = gateways;
        this.credentials = credentials;
        this.sender = sender;
        this.messages = messages;
        this.groupIds = groupIds;
        this.settings = settings;
    }

    @Override
    public Set<String> getIMServerList() {
        Set<String> addresses = new LinkedHashSet<>();
        for (Gateway gateway : gateways.open()) {
            // Its callers know of no TLS.
            if (gateway.port() > 0) {
                addresses.add(gateway.host() + ":" + gateway.port());
            }
        }
        return addresses;
    }

    @Override
    public String getPassword(long userId) {
        Arguments.id("userId", Long.toString(userId));
        return credentials.contentKey(userId);
    }

    @Override
    public void sendMessage(
            String from, String to, String mimeType, String content, int messageType, String creatorId) {
        long sender = Arguments.id("from", from);
        long recipient = Arguments.id("to", to);
        Conversation conversation =
                switch (conversationType(messageType)) {
                    case SESSION -> new Conversation.Session(sender, recipient);
                    case GROUP -> new Conversation.Group(recipient);
                    case ALL -> throw unknownType(messageType);
                };
        this.sender.send(sender, conversation, newRequestId(), mimeType, content, settings.deadline());
    }

    private static ConversationType conversationType(int messageType) {
        try {
            return ConversationType.of(messageType);
        } catch (RequestRejectedException e) {
            throw unknownType(messageType);
        }
    }

    private static RuntimeException unknownType(int messageType) {
        return Failures.of(
                ErrorCode.UNKNOWN_CONVERSATION_TYPE,
                "messageType: " + messageType + " (expected: 2 session or 3 group)");
    }

    /** Its callers have none of their own; one in 2<sup>63</sup> is taken by no other. */
    private long newRequestId() {
        return random.nextLong() & Long.MAX_VALUE | 1;
    }

    @Override
    public void sendSystemMessage(String target, int systemType, String content) {
        Arguments.id("target", target);
        messages.sendSystem(new SystemMessageRequest(List.of(target), systemType, content));
    }

    @Override
    public long generateGroupId() {
        return groupIds.next().toCompletableFuture().join();
    }
}
