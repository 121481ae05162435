package com.linbox.health;

import java.time.Duration;

/** Asks one engine whether it is there. Asked by one thread, every few seconds. */
public interface EngineProbe {

    Engine engine();

    /**
     * Returns when the engine has answered.
     *
     * @param atMost how long to wait for it; who has to wait longer harms nobody, but the engine counts as away meanwhile
     * @throws Exception where it did not answer, or not as it should; its text is told to whoever asks for health
     */
    void ask(Duration atMost) throws Exception;
}
