package com.linbox.chat;

import com.linbox.client.ClientSettings;
import com.linbox.client.ClientTls;
import com.linbox.protocol.ProtocolVersion;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who chats with whom. On the command line every setting may be given without its prefix.
 *
 * @param user whom to sign in
 * @param to with whom to chat; may be chosen later with {@code /to}
 * @param group in which group to chat, where {@code to} is absent; may be chosen later with {@code /group}
 * @param host the gateway's address
 * @param port the gateway's port
 * @param tls whether to connect over TLS, and then with version 2 of the protocol
 * @param trust a PEM file of the authorities that the server's certificate may come from; where absent, those that Java
 *     trusts
 * @param token what proves who one is; any will do where the server's credential mode is {@code open}
 * @param key the user's own content key as Base64 text, where the installation hands out such keys
 * @param passPhrase the installation's key of protocol version 1
 * @param device the kind of device to sign in as
 */
@Validated
@ConfigurationProperties("linbox.chat")
public record ChatSettings(
        @NotNull(message = "missing (who signs in? --user=1001)") @Min(1)
        Long user,

        @Nullable @Min(1) Long to,
        @Nullable @Min(1) Long group,
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("9502") @Min(1) @Max(65_535) int port,
        @DefaultValue("false") boolean tls,
        @Nullable Path trust,
        @DefaultValue("chat") String token,
        @Nullable String key,
        @DefaultValue("medtree-im-passw") @NotBlank String passPhrase,
        @DefaultValue("terminal") String device) {

    ClientSettings client() {
        return ClientSettings.of(host, port, user)
                .version(tls ? ProtocolVersion.V2 : ProtocolVersion.V1)
                .tls(tls ? ClientTls.trusting(trust) : null)
                .token(token)
                .contentKey(key)
                .passPhrase(passPhrase)
                .device(device)
                .build();
    }

    /** Without token and keys, which must never reach a log. */
    @Override
    public String toString() {
        return "ChatSettings[user=" + user + ", to=" + to + ", host=" + host + ", port=" + port + "]";
    }
}
