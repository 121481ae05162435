package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.embedded.LoopbackPorts;
import com.linbox.health.AbsentEngineException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TopicsTests {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "5, 4"})
    void oneBrokerMayBeAwayAndNoRecordIsOnOneAlone(int replication, String inSync) {
        assertThat(Topics.properties(Topic.SEND, settings(replication)))
                .containsEntry("min.insync.replicas", inSync)
                .containsEntry("unclean.leader.election.enable", "false")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void eventsForOthersAreKeptAsLongAsIsSaid() {
        assertThat(Topics.properties(Topic.PUSH, settings(3)))
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("retention.ms", Long.toString(3 * 86_400_000L));
    }

    @Test
    void aKafkaThatDoesNotComeIsToldWithTheSettingThatSaysWhereItIs() {
        String nobody = "127.0.0.1:" + LoopbackPorts.free();
        Map<String, Object> admin =
                Map.of("bootstrap.servers", nobody, "default.api.timeout.ms", 500, "request.timeout.ms", 500);

        assertThatThrownBy(() -> Topics.createAbsent(admin, settings("start-timeout", "1s")))
                .isInstanceOf(AbsentEngineException.class)
                .hasMessage(
                        "spring.kafka.bootstrap-servers: %s does not answer (waited for 1 s); is that right, and is it running?",
                        nobody);
    }

    private static JournalSettings settings(int replication) {
        return settings("replication", replication);
    }

    private static JournalSettings settings(String name, Object value) {
        return new Binder(new MapConfigurationPropertySource(Map.of("linbox.journal." + name, value)))
                .bindOrCreate("linbox.journal", JournalSettings.class);
    }
}
