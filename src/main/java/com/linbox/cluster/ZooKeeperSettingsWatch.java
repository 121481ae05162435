package com.linbox.cluster;

import com.linbox.settings.LiveSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.utils.ZKPaths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * ZooKeeper as the place where settings are changed while LINBOX runs: what its nodes say goes to {@link LiveSettings} as
 * soon as they say it. While ZooKeeper is away, what they said last holds.
 */
final class ZooKeeperSettingsWatch implements SmartLifecycle {

    static final String ROOT = "/linbox/settings";

    private static final Logger log = LoggerFactory.getLogger(ZooKeeperSettingsWatch.class);

    /** What a start waits for ZooKeeper at most: without it there is nothing to be read, and no reason not to start. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final CuratorCache cache;
    private final LiveSettings settings;
    private final CountDownLatch readOnce = new CountDownLatch(1);
    private volatile boolean running;

    ZooKeeperSettingsWatch(CuratorFramework curator, LiveSettings settings) {
        this.settings = settings;
        this.cache = CuratorCache.build(curator, ROOT);
        cache.listenable()
                .addListener(CuratorCacheListener.builder()
                        .forCreatesAndChanges((before, node) -> changed(node))
                        .forDeletes(this::deleted)
                        .forInitialized(readOnce::countDown)
                        .build());
    }

    /** Before anybody works by the settings. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = true;
        cache.start();
        try {
            if (!readOnce.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("ZooKeeper is away: settings that were changed in {} are not known yet", ROOT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(ChildData node) {
        if (isSetting(node)) {
            byte[] value = node.getData() == null ? new byte[0] : node.getData();
            settings.override(
                    nameOf(node), new String(value, StandardCharsets.UTF_8).strip(), "ZooKeeper " + node.getPath());
        }
    }

    private void deleted(ChildData node) {
        if (isSetting(node)) {
            settings.withdraw(nameOf(node));
        }
    }

    private static boolean isSetting(ChildData node) {
        return !node.getPath().equals(ROOT);
    }

    private static String nameOf(ChildData node) {
        return ZKPaths.getNodeFromPath(node.getPath());
    }

    @Override
    public void stop() {
        running = false;
        cache.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
