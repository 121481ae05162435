package com.linbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static JournalSettings settings(int replication) {
        return new Binder(new MapConfigurationPropertySource(Map.of("linbox.journal.replication", replication)))
                .bindOrCreate("linbox.journal", JournalSettings.class);
    }
}
