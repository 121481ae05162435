package com.linbox.presence;

/**
 * A signed-in connection.
 *
 * @param gatewayId the gateway that holds it; an id is never used again after its gateway has ended
 * @param connectionId unique within that gateway
 * @param device what the client called its device, possibly empty
 * @param since when it signed in, in milliseconds since the epoch, by its gateway's clock
 * @param protocol the number of the protocol version that it speaks, 1 or 2
 */
public record Session(long userId, String gatewayId, long connectionId, String device, long since, int protocol) {}
