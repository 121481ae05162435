package com.linbox.settings;

import java.util.function.Supplier;

/**
 * The current values of a settings record, to be asked for at each use: cheap enough for every message. Thread-safe.
 *
 * @param <T> the record
 */
public final class Live<T> implements Supplier<T> {

    private volatile T values;

    Live(T values) {
        this.values = values;
    }

    /** Values that never change, for whoever has no {@link LiveSettings}. */
    public static <T> Live<T> of(T values) {
        return new Live<>(values);
    }

    @Override
    public T get() {
        return values;
    }

    void set(T newValues) {
        values = newValues;
    }
}
