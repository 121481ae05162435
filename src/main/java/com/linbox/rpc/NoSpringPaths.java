package com.linbox.rpc;

import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.apache.dubbo.rpc.protocol.tri.rest.mapping.RequestMapping;
import org.apache.dubbo.rpc.protocol.tri.rest.mapping.RequestMappingResolver;
import org.apache.dubbo.rpc.protocol.tri.rest.mapping.meta.MethodMeta;
import org.apache.dubbo.rpc.protocol.tri.rest.mapping.meta.ServiceMeta;
import org.apache.dubbo.rpc.protocol.tri.rest.support.basic.BasicRequestMappingResolver;
import org.apache.dubbo.rpc.protocol.tri.rest.util.RestToolKit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Dubbo from looking for Spring's annotations: it would as soon as it sees Spring, and does not run with Spring 7. It is
 * registered by the name of what it takes the place of. Public because Dubbo makes it.
 */
@Activate(onClass = "org.springframework.web.bind.annotation.RequestMapping")
public final class NoSpringPaths implements RequestMappingResolver {

    private final RestToolKit toolKit;

    /** For Dubbo, which makes it. */
    public NoSpringPaths(FrameworkModel framework) {
        toolKit = new BasicRequestMappingResolver(framework).getRestToolKit();
    }

    @Override
    public boolean accept(ServiceMeta service) {
        return false;
    }

    @Override
    public boolean accept(MethodMeta method) {
        return false;
    }

    @Override
    public RestToolKit getRestToolKit() {
        return toolKit;
    }

    @Override
    public @Nullable RequestMapping resolve(ServiceMeta service) {
        return null;
    }

    @Override
    public @Nullable RequestMapping resolve(MethodMeta method) {
        return null;
    }
}
