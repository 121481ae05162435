package com.linbox;

import java.util.List;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Which roles a process has, for {@code /actuator/info}. */
@Component
@Profile("gateway | router | rpc | standalone")
class Roles implements InfoContributor {

    private static final List<String> ALL = List.of("gateway", "router", "rpc");

    private final List<String> here;

    Roles(Environment environment) {
        here = environment.acceptsProfiles(Profiles.of("standalone"))
                ? ALL
                : ALL.stream()
                        .filter(role -> environment.acceptsProfiles(Profiles.of(role)))
                        .toList();
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("roles", here);
    }
}
