package com.linbox.router;

import com.linbox.health.Degraded;
import com.linbox.journal.RequestLogConsumers;
import com.linbox.journal.Standing;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether this router takes part in the work. A router that has no partitions because others have them all is well; one that has
 * not joined them yet is not ready, so that a rolling upgrade waits for it.
 */
final class RouterHealth implements HealthIndicator {

    private final RequestLogConsumers consumers;
    private final BooleanSupplier running;

    RouterHealth(RequestLogConsumers consumers, BooleanSupplier running) {
        this.consumers = consumers;
        this.running = running;
    }

    @Override
    public Health health() {
        List<Standing> standings = consumers.standings();
        Health.Builder health;
        if (!running.getAsBoolean()) {
            health = Health.outOfService().withDetail("reason", "it is stopped");
        } else if (!standings.stream().allMatch(Standing::joined)) {
            health = Health.outOfService().withDetail("reason", "it has not been given its share of the work yet");
        } else {
            health = standings.stream()
                    .map(Standing::heldUpBy)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(cause -> Health.status(Degraded.STATUS).withDetail("reason", "batches wait: " + cause))
                    .orElseGet(Health::up);
        }
        for (Standing standing : standings) {
            String waiting = standing.heldUp() == 0 ? "" : ", %d threads wait".formatted(standing.heldUp());
            health.withDetail(standing.topic().topicName(), standing.partitions() + " partitions" + waiting);
        }
        return health.build();
    }
}
