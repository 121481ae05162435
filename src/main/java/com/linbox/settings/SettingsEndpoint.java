package com.linbox.settings;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/settings}: every setting that can change while LINBOX runs. None of them is a secret. */
@Endpoint(id = "settings")
class SettingsEndpoint {

    private final LiveSettings settings;

    SettingsEndpoint(LiveSettings settings) {
        this.settings = settings;
    }

    @ReadOperation
    public Settings settings() {
        return new Settings(settings.states());
    }

    /** The endpoint's answer. */
    public record Settings(List<LiveSettings.State> settings) {}
}
