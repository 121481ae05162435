package com.linbox.health;

/**
 * What a role of this process cannot do without an engine.
 *
 * @param essential whether it can do nothing at all: then the process is not ready while the engine is away
 * @param without what does not work, told to whoever asks for health, such as "sends are answered with 503"
 */
public record Reliance(String role, Engine engine, boolean essential, String without) {}
