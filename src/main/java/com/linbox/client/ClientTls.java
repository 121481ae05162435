package com.linbox.client;

import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a client knows its server, over TLS 1.3 or 1.2. Immutable: each method makes another one. One may be shared by any
 * number of clients, and should be, because it is costly to make.
 */
public final class ClientTls {

    private static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

    private final @Nullable Path authorities;
    private final @Nullable Path certificate;
    private final @Nullable Path privateKey;
    private final boolean anyName;
    private final SslContext context;

    private ClientTls(
            @Nullable Path authorities, @Nullable Path certificate, @Nullable Path privateKey, boolean anyName) {
        this.authorities = authorities;
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.anyName = anyName;
        this.context = context(authorities, certificate, privateKey, anyName);
    }

    /** Takes servers whose certificate the Java installation trusts. */
    public static ClientTls trustingSystem() {
        return trusting(null);
    }

    /**
     * Takes servers whose certificate comes from these authorities.
     *
     * @param authorities a PEM file of certificates; null for those that the Java installation trusts
     * @throws IllegalArgumentException where it is none
     */
    public static ClientTls trusting(@Nullable Path authorities) {
        return new ClientTls(authorities, null, null, false);
    }

    /**
     * Shows a certificate of its own, where the server asks for one.
     *
     * @param certificate a PEM file: the certificate, then those of the authorities between it and the root
     * @param privateKey a PEM file: the certificate's private key, not encrypted
     * @throws IllegalArgumentException where they are none
     */
    public ClientTls withCertificate(Path certificate, Path privateKey) {
        return new ClientTls(authorities, certificate, privateKey, anyName);
    }

    /** Does not ask whether the certificate is for the host that is connected to: for tests. */
    public ClientTls withoutHostnameVerification() {
        return new ClientTls(authorities, certificate, privateKey, true);
    }

    SslHandler newHandler(Channel channel, String host, int port, Duration handshakeTimeout) {
        SslHandler handler = context.newHandler(channel.alloc(), host, port);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    private static SslContext context(
            @Nullable Path authorities, @Nullable Path certificate, @Nullable Path privateKey, boolean anyName) {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(PROVIDER)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm(anyName ? "" : "HTTPS");
        if (authorities != null) {
            builder.trustManager(readable("authorities", authorities).toFile());
        }
        if (certificate != null && privateKey != null) {
            builder.keyManager(
                    readable("certificate", certificate).toFile(),
                    readable("privateKey", privateKey).toFile());
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS: " + e.getMessage(), e);
        }
    }

    private static Path readable(String name, Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(name + ": " + file + " (expected: a file that can be read)");
        }
        return file;
    }
}
