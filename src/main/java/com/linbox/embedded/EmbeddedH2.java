package com.linbox.embedded;

import java.util.Map;

public final class EmbeddedH2 implements EmbeddedEngine {
    @Override
    public String name() {
        return "H2";
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
