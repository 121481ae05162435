package com.linbox.embedded;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engines that start beside each other, and beside whatever else the process has to do, and end together. */
final class EmbeddedEngines implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedEngines.class);

    private final DataFolder folder;
    private final List<EmbeddedEngine> engines;
    private final Map<EmbeddedEngine, CompletableFuture<Void>> started = new LinkedHashMap<>();
    private boolean closed;

    /** @param folder closed with the engines */
    EmbeddedEngines(DataFolder folder, List<EmbeddedEngine> engines) {
        this.folder = folder;
        this.engines = List.copyOf(engines);
    }

    /** Begins to start all of them and returns at once. */
    synchronized void start() {
        for (EmbeddedEngine engine : engines) {
            started.put(engine, CompletableFuture.runAsync(engine::start, thread("start-" + engine.name())));
        }
    }

    /**
     * Waits until these have started.
     *
     * @throws EngineFailedException if one of them could not
     */
    void await(Predicate<EmbeddedEngine> which) {
        engines.stream().filter(which).forEach(this::await);
    }

    private void await(EmbeddedEngine engine) {
        try {
            startOf(engine).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EngineFailedException reason) {
                throw reason;
            }
            throw new EngineFailedException("%s cannot run: %s".formatted(engine.name(), e.getCause()), e);
        }
    }

    private synchronized CompletableFuture<Void> startOf(EmbeddedEngine engine) {
        return started.getOrDefault(engine, CompletableFuture.completedFuture(null));
    }

    /** By which LINBOX finds the engines; known before they have started. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        engines.forEach(engine -> properties.putAll(engine.properties()));
        return properties;
    }

    /** Stops all of them, also those that have not quite started, and gives the folder back. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture.allOf(engines.stream()
                        .map(engine -> startOf(engine)
                                .handle((done, failed) -> engine)
                                .thenAcceptAsync(EmbeddedEngine::close, thread("stop-" + engine.name()))
                                .exceptionally(failure -> {
                                    log.warn("{} did not stop as it should", engine.name(), failure);
                                    return null;
                                }))
                        .toArray(CompletableFuture[]::new))
                .join();
        try {
            folder.close();
        } catch (IOException e) {
            log.warn("Could not give back the data folder {}", folder.path(), e);
        }
    }

    /** Threads of our own: the common pool has one where there are two cores, and an engine keeps it for seconds. */
    private static Executor thread(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        };
    }
}
