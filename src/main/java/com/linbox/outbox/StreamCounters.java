package com.linbox.outbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** A counter for each stream written to. Bounded: a stream not written to for long gets a new counter. Not thread-safe. */
final class StreamCounters {

    private static final int MAX_STREAMS = 1_000;

    private final Map<String, DeliveryCounter> byGateway = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DeliveryCounter> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    DeliveryCounter of(String gatewayId) {
        return byGateway.computeIfAbsent(gatewayId, key -> new DeliveryCounter());
    }
}
