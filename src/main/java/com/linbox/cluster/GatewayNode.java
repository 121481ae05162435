package com.linbox.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.utils.ZKPaths;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A {@link Gateway} as a node of ZooKeeper. */
final class GatewayNode {

    static final String ROOT = "/linbox/gateways";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            // A later LINBOX may say more, an earlier one less.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private GatewayNode() {}

    static String pathOf(Gateway gateway) {
        return pathOf(gateway.id());
    }

    static String pathOf(String gatewayId) {
        return ZKPaths.makePath(ROOT, gatewayId);
    }

    static byte[] dataOf(Gateway gateway) {
        return JSON.writeValueAsBytes(new Data(
                gateway.host(),
                gateway.port(),
                gateway.tlsPort(),
                gateway.wsPort(),
                gateway.wssPort(),
                gateway.connections(),
                gateway.since(),
                gateway.leaving()));
    }

    static String idOf(ChildData node) {
        return ZKPaths.getNodeFromPath(node.getPath());
    }

    /** Reads what {@link #dataOf} wrote; null where it is something else, such as the folder of all of them. */
    static @Nullable Gateway read(ChildData node) {
        byte[] bytes = node.getData();
        if (bytes == null || bytes.length == 0 || node.getPath().equals(ROOT)) {
            return null;
        }
        try {
            Data data = JSON.readValue(bytes, Data.class);
            return data.host() == null
                    ? null
                    : new Gateway(
                            idOf(node),
                            data.host(),
                            data.port(),
                            data.tlsPort(),
                            data.wsPort(),
                            data.wssPort(),
                            data.connections(),
                            data.since(),
                            data.leaving());
        } catch (JacksonException e) {
            return null;
        }
    }

    private record Data(
            @Nullable String host,
            int port,
            @Nullable Integer tlsPort,
            @Nullable Integer wsPort,
            @Nullable Integer wssPort,
            int connections,
            long since,
            boolean leaving) {}
}
