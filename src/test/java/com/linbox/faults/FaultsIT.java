package com.linbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.faults.FaultCluster.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short run of the {@link FaultHarness}, with what has to be survived at least. */
class FaultsIT {

    private static final Duration AT_ONCE = Duration.ZERO;

    @Test
    void everyPromiseIsKeptWhateverEnds() throws Exception {
        List<List<Fault>> steps = new ArrayList<>();
        steps.add(List.of(new Fault.Killed(Part.GATEWAY_1, AT_ONCE), new Fault.Killed(Part.ROUTER_1, AT_ONCE)));
        steps.add(List.of(new Fault.Killed(Part.REDIS, AT_ONCE), new Fault.Killed(Part.RPC, AT_ONCE)));
        steps.add(List.of(new Fault.DatabaseFull(Duration.ofSeconds(3))));
        steps.add(List.of(new Fault.Suspended(Part.ROUTER_2, Duration.ofSeconds(10))));
        steps.add(List.of(new Fault.ConnectionsCut(0.5, Duration.ofSeconds(2))));
        steps.add(List.of(new Fault.Killed(Part.KAFKA, AT_ONCE)));
        steps.add(List.of(new Fault.Suspended(Part.GATEWAY_2, Duration.ofSeconds(8))));
        steps.add(List.of(new Fault.Killed(Part.MARIADB, AT_ONCE), new Fault.Killed(Part.ZOOKEEPER, AT_ONCE)));
        try (FaultHarness harness = FaultHarness.start(20_261_125)) {
            FaultReport report = harness.run(steps);
            assertThat(report.violations()).isEmpty();
            assertThat(report.stored().getTotalCount())
                    .as("messages of which all this is true")
                    .isGreaterThan(1_000);
        }
    }
}
