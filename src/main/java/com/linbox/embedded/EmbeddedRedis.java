package com.linbox.embedded;

import java.util.Map;

public final class EmbeddedRedis implements EmbeddedEngine {
    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public void start() {}

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void close() {}
}
