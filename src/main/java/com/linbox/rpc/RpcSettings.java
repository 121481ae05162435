package com.linbox.rpc;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where back ends call, and how they prove who they are: by a secret, by a certificate, or by both. Where neither is asked for,
 * only callers on this machine are let in, and any other host is refused.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 lets the system choose
 * @param advertisedHost what ZooKeeper tells callers in place of {@code host}; needed where that is 0.0.0.0 and this machine's
 *     own address is not theirs
 * @param secret what callers send as {@code authorization: Bearer <secret>}: 16 to 256 printable characters, no spaces
 * @param tls TLS on this port; plain connections are refused then
 * @param threads how many calls are carried out at the same time; more are refused
 * @param deadline how long a message may take to be stored where its caller does not say
 * @param longestDeadline the most that a caller may say
 * @param drain how long an instance that stops goes on taking calls, while callers learn from ZooKeeper that it leaves
 * @param maxResponse how many bytes of messages one answer carries at most; a longer page is cut, and its caller asks on
 */
@Validated
@ConfigurationProperties("linbox.rpc")
record RpcSettings(
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("20880") @Min(0) @Max(65_535) int port,
        @Nullable String advertisedHost,
        @Nullable String secret,
        @Nullable Tls tls,
        @DefaultValue("64") @Min(1) @Max(1000) int threads,
        @DefaultValue("3s") Duration deadline,
        @DefaultValue("30s") Duration longestDeadline,
        @DefaultValue("1s") Duration drain,
        @DefaultValue("512KB") DataSize maxResponse) {

    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 256;
    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(1);
    private static final DataSize SMALLEST_RESPONSE = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST_RESPONSE = DataSize.ofMegabytes(2);

    RpcSettings {
        secret = secret == null || secret.isEmpty() ? null : secret;
        if (secret != null && !isGood(secret)) {
            throw refused(
                    "secret",
                    secret.length() + " characters",
                    SHORTEST_SECRET + " to " + LONGEST_SECRET + " of printable ASCII, no spaces");
        }
        if (secret == null && (tls == null || tls.clientCa() == null) && !isLoopback(host)) {
            throw refused(
                    "host",
                    host,
                    "127.0.0.1, because callers need not prove who they are: set linbox.rpc.secret or"
                            + " linbox.rpc.tls.client-ca for any other");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw refused("deadline", deadline, "> 0");
        }
        if (longestDeadline.compareTo(deadline) < 0 || longestDeadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw refused("longest-deadline", longestDeadline, deadline + ".." + LONGEST_DEADLINE);
        }
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            throw refused("drain", drain, "0s.." + LONGEST_DRAIN);
        }
        if (maxResponse.compareTo(SMALLEST_RESPONSE) < 0 || maxResponse.compareTo(LARGEST_RESPONSE) > 0) {
            throw refused(
                    "max-response",
                    maxResponse.toBytes() + " bytes",
                    SMALLEST_RESPONSE.toBytes() + ".." + LARGEST_RESPONSE.toBytes());
        }
    }

    /**
     * TLS of this port.
     *
     * @param certificate file of the server's certificate and those that it was signed with, PEM
     * @param privateKey file of its private key, PEM (PKCS #8)
     * @param clientCa file of the certificates that callers' certificates must be signed with, PEM; callers have proved who
     *     they are then. Without it callers need no certificate.
     */
    record Tls(
            @Nullable Path certificate,
            @Nullable Path privateKey,
            @Nullable Path clientCa) {

        Tls {
            readable("certificate", certificate, true);
            readable("private-key", privateKey, true);
            readable("client-ca", clientCa, false);
        }

        private static void readable(String name, @Nullable Path file, boolean needed) {
            if (file == null ? needed : !Files.isReadable(file)) {
                throw refused(name, file, "a file that can be read");
            }
        }
    }

    /** Whether a caller has to prove who it is. */
    boolean asksWhoCalls() {
        return secret != null || (tls != null && tls.clientCa() != null);
    }

    private static boolean isGood(String secret) {
        return secret.length() >= SHORTEST_SECRET
                && secret.length() <= LONGEST_SECRET
                && secret.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static IllegalArgumentException refused(String name, @Nullable Object value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }

    /** Without the secret, which must never reach a log. */
    @Override
    public String toString() {
        return "RpcSettings[host=" + host + ", port=" + port + "]";
    }
}
