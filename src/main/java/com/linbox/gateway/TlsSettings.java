package com.linbox.gateway;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * TLS 1.3 and 1.2 for clients, on a port of its own beside the plain one. Off where no certificate is set.
 *
 * @param port the TCP port to listen on, on the address of the plain one; 0 picks a free one
 * @param certificate a PEM file: the certificate, then those of the authorities between it and the root
 * @param privateKey a PEM file: the certificate's private key, not encrypted
 * @param clientCertificates whether a client shows a certificate of its own: {@code none}, {@code optional} (one that is
 *     shown must be a good one) or {@code required}
 * @param clientCa a PEM file: the authorities that clients' certificates must come from
 * @param reload how often the files are looked at. A changed certificate serves the connections made from then on; one
 *     that is of no use is reported, and the one before stays
 */
@Validated
@ConfigurationProperties("linbox.gateway.tls")
record TlsSettings(
        @DefaultValue("9543") @Min(0) @Max(65_535) int port,
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("none") ClientCertificates clientCertificates,
        @Nullable Path clientCa,
        @DefaultValue("10s") Duration reload) {

    /** Whether a client shows a certificate. */
    enum ClientCertificates {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    TlsSettings {
        if (certificate == null && privateKey != null) {
            throw new IllegalArgumentException("certificate: missing (expected: beside private-key)");
        }
        if (certificate != null && privateKey == null) {
            throw new IllegalArgumentException("private-key: missing (expected: beside certificate)");
        }
        if (clientCertificates != ClientCertificates.NONE && clientCa == null) {
            throw new IllegalArgumentException("client-ca: missing (expected: where client-certificates is "
                    + clientCertificates.name().toLowerCase(java.util.Locale.ROOT) + ")");
        }
        if (reload.isNegative() || reload.isZero()) {
            throw new IllegalArgumentException("reload: " + reload + " (expected: > 0)");
        }
    }

    boolean isOn() {
        return certificate != null;
    }
}
