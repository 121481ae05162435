package com.linbox.rpc.api;

import java.io.Serializable;
import java.util.List;

/** @param gateways the one with the fewest connections first; empty where none lives */
public record LivingGateways(List<LivingGateway> gateways) implements Serializable {}
