package com.linbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.annotation.ImportCandidates;

class FrameTests {

    @Test
    void whatEveryRoleHasConnectsToNoEngine() {
        List<String> configurations =
                ImportCandidates.load(Frame.class, getClass().getClassLoader()).getCandidates();
        assertThat(configurations).isNotEmpty().noneMatch(name -> name.matches(".*(jdbc|flyway|redis|kafka).*"));
    }
}
