package com.linbox.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes nodes of this process's, without waiting for a ZooKeeper that is away. */
final class NodeRemoval {

    private static final Logger log = LoggerFactory.getLogger(NodeRemoval.class);

    /** For all of them together. A node is removed by a request, which Curator tries for minutes. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private NodeRemoval() {}

    /**
     * Removes these, and returns after two seconds at most: those that are left end with the session.
     *
     * @param what they are, for the log
     */
    static void remove(String what, List<PersistentNode> nodes) {
        CompletableFuture<?>[] removals =
                nodes.stream().map(NodeRemoval::removal).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(removals).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("{} in ZooKeeper: there until the session times out: {}", what, e.toString());
        }
    }

    private static CompletableFuture<Void> removal(PersistentNode node) {
        CompletableFuture<Void> removed = new CompletableFuture<>();
        Thread remover = new Thread(
                () -> {
                    try {
                        node.close();
                        removed.complete(null);
                    } catch (IOException | RuntimeException e) {
                        removed.completeExceptionally(e);
                    }
                },
                "linbox-zookeeper-removal");
        remover.setDaemon(true);
        remover.start();
        return removed;
    }
}
