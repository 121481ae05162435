package com.linbox.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what runs LINBOX without Docker against its settings; .ci/run has systemd look at the unit. */
class SystemdUnitTests {

    private static final Path FOLDER = Path.of("config/systemd");

    @Test
    void everyVariableIsASetting() throws IOException {
        assertThat(RoleSettings.variableNames()).containsAll(variables("x").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "router", "rpc"})
    void anInstanceIsTheRoleOfItsName(String role) throws Exception {
        String unit = Files.readString(FOLDER.resolve("linbox@.service")).replace("%i", role);
        Map<String, String> variables = new HashMap<>(variables("0123456789abcdef0123456789abcdef"));
        Pattern.compile("(?m)^Environment=(SPRING\\w+)=(.*)$")
                .matcher(unit)
                .results()
                .forEach(found -> variables.put(found.group(1), found.group(2)));

        RoleSettings settings = new RoleSettings(variables);

        assertThat(settings.profiles()).contains(role, "cluster");
        assertThat(settings.property("spring.data.redis.password")).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(settings.property("spring.kafka.bootstrap-servers")).contains("kafka-3");
    }

    @ParameterizedTest
    @CsvSource({"gateway, LINBOX_GATEWAY_V1KEY, linbox.gateway", "rpc, LINBOX_RPC_SECRET, linbox.rpc"})
    void aRoleThatIsGivenNoSecretIsRefused(String role, String secret, String prefix) throws Exception {
        Map<String, String> variables = new HashMap<>(variables("0123456789abcdef0123456789abcdef"));
        variables.put("SPRING_PROFILES_ACTIVE", "cluster-" + role);
        variables.remove(secret);
        assertThatThrownBy(() -> new RoleSettings(variables)).hasMessageContaining(prefix);
    }

    private static Map<String, String> variables(String filledIn) throws IOException {
        return Pattern.compile("(?m)^(\\w+)=(.*)$")
                .matcher(Files.readString(FOLDER.resolve("linbox.env.example")))
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1), found -> found.group(2).isEmpty() ? filledIn : found.group(2)));
    }
}
