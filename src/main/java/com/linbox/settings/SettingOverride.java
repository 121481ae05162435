package com.linbox.settings;

import org.jspecify.annotations.Nullable;

/** A value that a setting is to have in place of the one LINBOX was started with. Not thread-safe. */
final class SettingOverride {

    private final String name;
    private final String value;
    private final String origin;
    private @Nullable String refusal;

    SettingOverride(String name, String value, String origin) {
        this.name = name;
        this.value = value;
        this.origin = origin;
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }

    String origin() {
        return origin;
    }

    /** Why it is not in effect; null where it is. */
    @Nullable
    String refusal() {
        return refusal;
    }

    void accepted() {
        refusal = null;
    }

    void refused(String reason) {
        refusal = reason;
    }

    /** Whether there is nothing new to be said of it. */
    boolean isLike(@Nullable SettingOverride other) {
        return other != null && value.equals(other.value) && (refusal == null) == (other.refusal == null);
    }
}
