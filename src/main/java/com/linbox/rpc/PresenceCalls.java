package com.linbox.rpc;

import com.linbox.outbox.Delivery;
import com.linbox.presence.Session;
import com.linbox.rpc.api.DisconnectRequest;
import com.linbox.rpc.api.Disconnection;
import com.linbox.rpc.api.OnlineSession;
import com.linbox.rpc.api.OnlineUser;
import com.linbox.rpc.api.OnlineUsers;
import com.linbox.rpc.api.PresenceRequest;
import com.linbox.rpc.api.PresenceService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells who is online, and ends sessions. */
final class PresenceCalls implements PresenceService {

    private static final String DISCONNECTED = "disconnected by the service";

    private final SessionFinder sessions;
    private final DeliveryPost post;

    PresenceCalls(SessionFinder sessions, DeliveryPost post) {
        this.sessions = sessions;
        this.post = post;
    }

    @Override
    public OnlineUsers online(PresenceRequest request) {
        Arguments.required("request", request);
        List<Long> userIds = Arguments.ids("userIds", request.userIds());
        List<OnlineUser> online = new ArrayList<>();
        sessions.of(userIds).forEach((userId, found) -> {
            if (!found.isEmpty()) {
                online.add(new OnlineUser(
                        Long.toString(userId),
                        found.stream()
                                .sorted(Comparator.comparingLong(Session::since))
                                .map(session ->
                                        new OnlineSession(session.device(), session.since(), session.gatewayId()))
                                .toList()));
            }
        });
        return new OnlineUsers(online);
    }

    /** The sessions themselves are removed by their gateways, when the connections are closed. */
    @Override
    public Disconnection disconnect(DisconnectRequest request) {
        Arguments.required("request", request);
        long userId = Arguments.id("userId", request.userId());
        String device = request.device();
        String asked = Arguments.atMost("reason", request.reason(), Arguments.MAX_REASON);
        String reason = asked == null || asked.isEmpty() ? DISCONNECTED : asked;
        List<Session> ending = sessions.of(userId).stream()
                .filter(session -> device == null || device.equals(session.device()))
                .toList();
        post.send(ending, session -> new Delivery.Disconnect(session.connectionId(), reason));
        return new Disconnection(ending.size());
    }
}
