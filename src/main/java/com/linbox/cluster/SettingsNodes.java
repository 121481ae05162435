package com.linbox.cluster;

/**
 * Where settings are changed while LINBOX runs, for all processes. What is written here reaches their {@link
 * com.linbox.settings.LiveSettings} as it does when an operator writes it with ZooKeeper's own client. Checks nothing: whoever
 * writes asks {@link com.linbox.settings.LiveSettings#refusalOf} first. Thread-safe.
 */
public interface SettingsNodes {

    /**
     * Gives a setting another value than the ones that the processes were started with. Returns when ZooKeeper has it.
     *
     * @param name as in a settings file; no more than letters, digits, {@code .}, {@code -}, {@code _} and {@code $}
     * @throws ZooKeeperUnavailableException where ZooKeeper did not say that it has
     */
    void set(String name, String value);

    /**
     * Takes that back, if there is anything.
     *
     * @throws ZooKeeperUnavailableException where ZooKeeper did not say that it has
     */
    void remove(String name);
}
