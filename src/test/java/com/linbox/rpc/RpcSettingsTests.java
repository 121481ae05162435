package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RpcSettingsTests {

    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void withoutAnythingItIsLoopbackAndEverybodyThere() {
        RpcSettings settings = bind(Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(20880);
        assertThat(settings.asksWhoCalls()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "192.0.2.1"})
    void anAddressThatOthersReachNeedsCallersWhoProveWhoTheyAre(String host) {
        assertRefused(Map.of("linbox.rpc.host", host), "host: " + host, "linbox.rpc.secret");

        assertThat(bind(Map.of("linbox.rpc.host", host, "linbox.rpc.secret", SECRET))
                        .asksWhoCalls())
                .isTrue();
    }

    @Test
    void certificatesOfCallersAreProofToo() throws Exception {
        String file = Files.createFile(folder.resolve("pem")).toString();
        Map<String, String> withoutClients = Map.of(
                "linbox.rpc.host", "0.0.0.0", "linbox.rpc.tls.certificate", file, "linbox.rpc.tls.private-key", file);
        assertRefused(withoutClients, "host: 0.0.0.0");

        assertThat(bind(Map.of(
                                "linbox.rpc.host", "0.0.0.0",
                                "linbox.rpc.tls.certificate", file,
                                "linbox.rpc.tls.private-key", file,
                                "linbox.rpc.tls.client-ca", file))
                        .asksWhoCalls())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "secret, short, secret: 5 characters",
        "secret, with spaces in between, secret: 22 characters",
        "deadline, 0s, deadline",
        "longest-deadline, 1s, longest-deadline",
        "max-response, 1B, max-response: 1 bytes",
        "tls.certificate, /no/such/file, certificate: /no/such/file"
    })
    void whatIsWrongIsNamedAndNoSecretShown(String name, String value, String text) {
        assertRefused(Map.of("linbox.rpc." + name, value), text);
        assertThatThrownBy(() -> bind(Map.of("linbox.rpc." + name, value)))
                .rootCause()
                .satisfies(cause -> assertThat(
                                name.equals("secret") && cause.getMessage().contains(value))
                        .isFalse());
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(bind(Map.of("linbox.rpc.secret", SECRET)).toString()).doesNotContain(SECRET);
    }

    private static void assertRefused(Map<String, String> properties, String... parts) {
        assertThatThrownBy(() -> bind(properties)).rootCause().satisfies(cause -> assertThat(cause.getMessage())
                .contains(parts));
    }

    private static RpcSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("linbox.rpc", RpcSettings.class);
    }
}
