package com.linbox.rpc;

import com.linbox.cluster.Gateway;
import com.linbox.cluster.GatewayDirectory;
import com.linbox.rpc.api.GatewayService;
import com.linbox.rpc.api.LivingGateway;
import com.linbox.rpc.api.LivingGateways;

/** Tells where clients connect to. */
final class GatewayCalls implements GatewayService {

    private final GatewayDirectory directory;

    GatewayCalls(GatewayDirectory directory) {
        this.directory = directory;
    }

    @Override
    public LivingGateways gateways() {
        return new LivingGateways(
                directory.open().stream().map(GatewayCalls::living).toList());
    }

    private static LivingGateway living(Gateway gateway) {
        return new LivingGateway(
                gateway.id(),
                gateway.host(),
                gateway.port(),
                gateway.tlsPort(),
                gateway.wsPort(),
                gateway.wssPort(),
                gateway.connections());
    }
}
