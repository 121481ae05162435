package com.linbox.rpc.api;

/** Where clients connect to. */
public interface GatewayService {

    /** All living gateways but those that are about to stop, the one with the fewest connections first. */
    LivingGateways gateways() throws RequestFailedException;
}
