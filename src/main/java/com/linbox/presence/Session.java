package com.linbox.presence;

import com.linbox.cluster.LivingGateways;

/**
 * A signed-in connection.
 *
 * @param gatewayId the gateway that holds it; an id is never used again after its gateway has ended
 * @param connectionId unique within that gateway
 * @param device what the client called its device, possibly empty
 * @param since when it signed in, in milliseconds since the epoch, by its gateway's clock
 * @param protocol the number of the protocol version that it speaks, 1 or 2
 * @param registration by which its gateway could be seen when the session was stored, or {@link LivingGateways#UNREGISTERED}
 * @param clientId what the client calls itself, 0 where it does not say
 * @param attempt which of that client's sign-ins it comes of: the later one has the greater number
 */
public record Session(
        long userId,
        String gatewayId,
        long connectionId,
        String device,
        long since,
        int protocol,
        long registration,
        long clientId,
        long attempt) {

    /** Of a gateway whose registration is not known, and a client that does not say who it is. */
    public Session(long userId, String gatewayId, long connectionId, String device, long since, int protocol) {
        this(userId, gatewayId, connectionId, device, since, protocol, LivingGateways.UNREGISTERED, 0, 0);
    }

    /** The same of a client that says who it is. */
    public Session by(long itsClientId, long itsAttempt) {
        return new Session(
                userId, gatewayId, connectionId, device, since, protocol, registration, itsClientId, itsAttempt);
    }

    /** The same while its gateway can be seen by that. */
    Session at(long itsRegistration) {
        return new Session(
                userId, gatewayId, connectionId, device, since, protocol, itsRegistration, clientId, attempt);
    }

    /** Whether it is the session of the same connection. */
    public boolean isOfConnectionOf(Session other) {
        return connectionId == other.connectionId && gatewayId.equals(other.gatewayId);
    }
}
