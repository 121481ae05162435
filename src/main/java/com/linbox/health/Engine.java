package com.linbox.health;

import java.util.Locale;

/** What LINBOX works on. */
public enum Engine {
    KAFKA,
    REDIS,
    DATABASE,
    ZOOKEEPER;

    /** Its name in health, and the value of the {@code engine} tag in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
