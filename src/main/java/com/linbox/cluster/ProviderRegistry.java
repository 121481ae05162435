package com.linbox.cluster;

/** Where an instance of the rpc role announces its services, in the way in which Dubbo's consumers look for them. */
public interface ProviderRegistry {

    /**
     * Announces a service for as long as this process lives and reaches ZooKeeper. Returns at once: where ZooKeeper is away,
     * the service is announced when it comes back.
     *
     * @param service the interface's full name
     * @param url Dubbo's URL of this instance's provider of it
     */
    void announce(String service, String url);

    /**
     * Takes all announcements back. Where ZooKeeper is away, returns after two seconds and leaves them to the end of the session.
     */
    void withdraw();
}
