package com.linbox.cluster;

import java.io.IOException;
import java.time.Duration;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** A client that does not wait for a ZooKeeper which is away to agree that it is closed. */
final class BriefZooKeeper extends ZooKeeper {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    BriefZooKeeper(String connect, int sessionTimeout, Watcher watcher, boolean canBeReadOnly) throws IOException {
        super(connect, sessionTimeout, watcher, canBeReadOnly);
    }

    @Override
    public void close() throws InterruptedException {
        Thread closer = new Thread(this::closePatiently, "linbox-zookeeper-close");
        closer.setDaemon(true);
        closer.start();
        closer.join(LONGEST_CLOSE.toMillis());
    }

    private void closePatiently() {
        try {
            super.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
