package com.linbox.cluster;

/** Where a gateway announces itself. */
public interface GatewayRegistry {

    /**
     * Announces a gateway for as long as this process lives and reaches ZooKeeper, or tells what is new about the one that
     * was announced, such as its load. Returns at once: where ZooKeeper is away, the gateway is announced when it comes back.
     */
    void announce(Gateway gateway);

    /**
     * Has this called each time the gateway can be seen by others, on a thread that must not be kept waiting: the first time,
     * and whenever it had been taken for gone because it did not reach ZooKeeper.
     */
    void whenSeen(Runnable listener);

    /**
     * By which registration the gateway can be seen: later ones have greater numbers. 0 before the first; still the last one while
     * the gateway is taken for gone.
     */
    long registration();

    /**
     * Takes the announcement back; a load of this gateway that is told later is not. Where ZooKeeper is away, returns after
     * two seconds and leaves the announcement to the end of the session.
     */
    void withdraw();
}
