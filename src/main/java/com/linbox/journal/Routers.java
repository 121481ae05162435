package com.linbox.journal;

import java.util.List;
import java.util.Map;

/**
 * The routers of the whole cluster, as Kafka knows them: by the threads that share the topics' partitions. Thread-safe; asks Kafka
 * every few seconds at most.
 */
public interface Routers {

    /**
     * All that live, in a fixed order. One that was killed is there until {@code linbox.journal.session-timeout} is over.
     *
     * @throws JournalUnavailableException where Kafka did not answer in time
     */
    List<Router> all();

    /**
     * A router.
     *
     * @param id of this process since its start, as its clients tell it to Kafka
     * @param host from where it is connected to Kafka
     * @param partitions how many of each topic it works on
     * @param waiting how many records wait in these partitions
     */
    record Router(String id, String host, Map<Topic, Integer> partitions, long waiting) {}
}
