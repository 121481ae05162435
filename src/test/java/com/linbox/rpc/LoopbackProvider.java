package com.linbox.rpc;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A provider without the rest of the rpc role: on a free port of this machine, for callers who need not prove who they are. */
final class LoopbackProvider {

    private LoopbackProvider() {}

    /** Services are still to be exported. */
    static DubboProvider make() {
        RpcSettings settings = new Binder(new MapConfigurationPropertySource(Map.of("linbox.rpc.port", "0")))
                .bindOrCreate("linbox.rpc", RpcSettings.class);
        DubboProvider.prepareJvm();
        RpcMeters meters = new RpcMeters(new SimpleMeterRegistry(), Set.of());
        return new DubboProvider(settings, new CallGate(settings, meters));
    }
}
