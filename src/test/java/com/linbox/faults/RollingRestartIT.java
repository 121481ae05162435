package com.linbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.faults.FaultCluster.Part;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All roles are restarted one after the other, as for a new version, while everybody goes on talking. */
class RollingRestartIT {

    private static final long MOST_MILLIS = 3_000;

    @Test
    void aRollingRestartLosesNothingAndNobodyWaitsLong() throws Exception {
        List<List<Fault>> oneAfterTheOther = Stream.of(
                        Part.GATEWAY_1, Part.GATEWAY_2, Part.ROUTER_1, Part.ROUTER_2, Part.RPC)
                .map(part -> List.<Fault>of(new Fault.Restarted(part, Duration.ZERO)))
                .toList();
        try (FaultHarness harness = FaultHarness.start(1)) {
            FaultReport report = harness.run(oneAfterTheOther);
            assertThat(report.violations()).isEmpty();
            assertThat(report.highestP99())
                    .as("p99 of send -> stored during the worst of the restarts, in ms")
                    .isLessThan(MOST_MILLIS);
        }
    }
}
