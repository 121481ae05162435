package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * A signed-in connection.
 *
 * @param device what the client calls its device, possibly empty
 * @param since when it signed in
 * @param gatewayId the gateway that holds it
 */
public record OnlineSession(String device, long since, String gatewayId) implements Serializable {}
