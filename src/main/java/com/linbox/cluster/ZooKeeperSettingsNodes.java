package com.linbox.cluster;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.utils.ZKPaths;
import org.apache.zookeeper.KeeperException;

/** The nodes that {@link ZooKeeperSettingsWatch} reads, written. */
final class ZooKeeperSettingsNodes implements SettingsNodes {

    /** Curator itself would try for minutes. */
    private static final long LONGEST_MILLIS = 3_000;

    private static final Pattern NAME = Pattern.compile("[\\w.$-]{1,200}");

    private final CuratorFramework curator;

    ZooKeeperSettingsNodes(CuratorFramework curator) {
        this.curator = curator;
    }

    private interface Request {
        void send(BackgroundCallback whenDone) throws Exception;
    }

    @Override
    public void set(String name, String value) {
        String path = pathOf(name);
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        await(whenDone -> curator.create()
                .orSetData()
                .creatingParentsIfNeeded()
                .inBackground(whenDone)
                .forPath(path, data));
    }

    @Override
    public void remove(String name) {
        String path = pathOf(name);
        await(whenDone -> curator.delete().inBackground(whenDone).forPath(path));
    }

    private static String pathOf(String name) {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("setting: " + name + " (expected: " + NAME + ")");
        }
        return ZKPaths.makePath(ZooKeeperSettingsWatch.ROOT, name);
    }

    private void await(Request request) {
        // Without a session Curator would keep the request and send it once there is one, long after it was given up.
        if (!curator.getZookeeperClient().isConnected()) {
            throw new ZooKeeperUnavailableException("ZooKeeper is away", null);
        }
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        try {
            request.send((client, event) -> answer.complete(event.getResultCode()));
            KeeperException.Code code = KeeperException.Code.get(answer.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS));
            // What is to be removed may be gone already.
            if (code != KeeperException.Code.OK && code != KeeperException.Code.NONODE) {
                throw KeeperException.create(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ZooKeeperUnavailableException("interrupted", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new ZooKeeperUnavailableException("ZooKeeper did not answer in time", e);
        } catch (Exception e) {
            throw new ZooKeeperUnavailableException("ZooKeeper refused it: " + e.getMessage(), e);
        }
    }
}
