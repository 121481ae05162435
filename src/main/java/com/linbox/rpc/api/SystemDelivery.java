package com.linbox.rpc.api;

import java.io.Serializable;

/**
 * @param sessions how many sessions it is on its way to at once; for everybody, how many the gateways said a moment ago that
 *     they held, and then delivery to a session is best effort
 */
public record SystemDelivery(int sessions) implements Serializable {}
