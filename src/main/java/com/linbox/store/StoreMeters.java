package com.linbox.store;

import com.linbox.message.SendOutcome;
import com.linbox.metrics.Latency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Every meter of the store.
 *
 * <ul>
 *   <li>{@code linbox.store.batch}: how many drafts a batch had
 *   <li>{@code linbox.store.append}: how long storing a batch took, retries included, also where it failed
 *   <li>{@code linbox.store.group.change}: how long storing an event and what it does to its group took, retries included
 *   <li>{@code linbox.store.group.load}: how long reading a group and all its members took
 *   <li>{@code linbox.store.revision}: how long storing an event and revising the message it is about took
 *   <li>{@code linbox.store.messages}, by {@code outcome} (stored, duplicate, refused): what became of drafts, events among them
 *   <li>{@code linbox.store.retries}, by {@code reason} (see {@link Failure}): batches that had to go again
 *   <li>{@code linbox.store.unavailable}: calls of any kind that ended because the database could not be asked
 * </ul>
 */
final class StoreMeters {

    private final MeterRegistry registry;
    private final DistributionSummary batch;
    private final Timer append;
    private final Timer groupChange;
    private final Timer groupLoad;
    private final Timer revision;
    private final Counter stored;
    private final Counter duplicate;
    private final Counter refused;
    private final Map<Failure, Counter> retries = new EnumMap<>(Failure.class);
    private final Counter unavailable;

    StoreMeters(MeterRegistry registry) {
        this.registry = registry;
        batch = DistributionSummary.builder("linbox.store.batch")
                .description("Drafts in a batch")
                .baseUnit("messages")
                .register(registry);
        append = timer("linbox.store.append", "Time to store a batch, retries included");
        groupChange = timer("linbox.store.group.change", "Time to store an event and what it does to its group");
        groupLoad = timer("linbox.store.group.load", "Time to read a group and all its members");
        revision = timer("linbox.store.revision", "Time to store an event and revise the message it is about");
        stored = messages("stored");
        duplicate = messages("duplicate");
        refused = messages("refused");
        for (Failure failure : Failure.values()) {
            if (failure != Failure.UNAVAILABLE) {
                retries.put(
                        failure,
                        Counter.builder("linbox.store.retries")
                                .description("Batches that had to go to the database again")
                                .tag("reason", failure.tag())
                                .register(registry));
            }
        }
        unavailable = Counter.builder("linbox.store.unavailable")
                .description("Calls that ended because the database could not be asked")
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Latency.ofEngine(name).description(description).register(registry);
    }

    private Counter messages(String outcome) {
        return Counter.builder("linbox.store.messages")
                .description("What became of drafts")
                .tag("outcome", outcome)
                .register(registry);
    }

    Timer.Sample appending(int drafts) {
        batch.record(drafts);
        return begin();
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    void appended(Timer.Sample sample) {
        sample.stop(append);
    }

    void groupChanged(Timer.Sample sample) {
        sample.stop(groupChange);
    }

    void groupLoaded(Timer.Sample sample) {
        sample.stop(groupLoad);
    }

    void revised(Timer.Sample sample) {
        sample.stop(revision);
    }

    void count(List<SendOutcome> outcomes) {
        for (SendOutcome outcome : outcomes) {
            if (outcome instanceof SendOutcome.Stored) {
                stored.increment();
            } else if (outcome instanceof SendOutcome.Duplicate) {
                duplicate.increment();
            } else {
                refused.increment();
            }
        }
    }

    void retry(Failure reason) {
        Counter counter = retries.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void unavailable() {
        unavailable.increment();
    }
}
