package com.linbox.presence;

import com.linbox.cluster.LivingGateways;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves sessions out whose gateways are gone. For one moment and many users: it asks once for each gateway that lives. Not
 * thread-safe.
 */
final class LivingSessions {

    /** Whoever lives for one who has known of it since then does for everybody. */
    private static final long EVER = 0;

    private final LivingGateways gateways;
    private final Set<String> living = new HashSet<>();

    LivingSessions(LivingGateways gateways) {
        this.gateways = gateways;
    }

    /** Those of the list that are; the list itself where all are. */
    List<Session> of(List<Session> sessions) {
        for (int i = 0; i < sessions.size(); i++) {
            if (isGone(sessions.get(i))) {
                return sessions.stream().filter(session -> !isGone(session)).toList();
            }
        }
        return sessions;
    }

    boolean isGone(Session session) {
        String gatewayId = session.gatewayId();
        if (living.contains(gatewayId)) {
            return false;
        }
        if (!gateways.isGone(gatewayId, LivingGateways.UNREGISTERED, EVER)) {
            living.add(gatewayId);
            return false;
        }
        return gateways.isGone(gatewayId, session.registration(), session.since());
    }
}
