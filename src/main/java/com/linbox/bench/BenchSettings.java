package com.linbox.bench;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What load to make. On the command line every setting may be given without its prefix.
 *
 * @param host the gateway's address
 * @param port the gateway's port
 * @param moreGateways further gateways as {@code host:port}; connections are spread over all of them
 * @param version of the protocol; 2 needs TLS, or a server on this machine
 * @param transport what carries the packets: {@code tcp}, or {@code ws} for WebSocket, which is version 2 at a port of its own
 * @param tls whether to connect over TLS
 * @param trust a PEM file of the authorities that the server's certificate may come from; where absent, those that Java
 *     trusts
 * @param pairs pairs of users; both of a pair send to each other
 * @param partners to how many others each user sends, by turns, in place of the other one of its pair alone; conversations there
 *     are as many as users times partners
 * @param connections how many to keep open altogether; those beyond the pairs' own are idle. 0: none beyond
 * @param rate messages a second of all users together, sent on schedule whatever the server does (open loop); latencies
 *     count from the scheduled time. 0: not this way
 * @param window messages that each user keeps under way, the next sent when one is answered (closed loop). 0: not this
 *     way. Without rate and window the rate is 1,000
 * @param groupMembers how many members a group has that is told of messages beside the pairs' own; needs version 2. 0: no group
 * @param groupOnline how many of them are online, the owner, who sends, included
 * @param groupRate messages a second in the group
 * @param payload length of each message's content in bytes
 * @param duration how long to measure
 * @param warmup how long to send before that
 * @param json a file for the report as JSON
 * @param usersFrom id of the first user; the others follow
 * @param token what every user signs in with
 * @param passPhrase the installation's key of protocol version 1
 * @param threads event loops; one carries some ten thousand messages a second
 * @param maxUnanswered messages that may wait for their answers; beyond that sending waits (and the wait counts)
 * @param drain how long to wait at the end for what is still under way
 */
@Validated
@ConfigurationProperties("linbox.bench")
public record BenchSettings(
        @DefaultValue("127.0.0.1") @NotBlank String host,
        @DefaultValue("9502") @Min(1) @Max(65_535) int port,
        @DefaultValue({}) List<@Pattern(regexp = ".+:\\d+") String> moreGateways,
        @DefaultValue("1") @Min(1) @Max(2) int version,
        @DefaultValue("tcp") Transport transport,
        @DefaultValue("false") boolean tls,
        @Nullable Path trust,
        @DefaultValue("50") @Min(1) @Max(100_000) int pairs,
        @DefaultValue("1") @Min(1) @Max(100_000) int partners,
        @DefaultValue("0") @Min(0) @Max(1_000_000) int connections,
        @DefaultValue("0") @Min(0) @Max(1_000_000) int rate,
        @DefaultValue("0") @Min(0) @Max(10_000) int window,
        @DefaultValue("0") @Min(0) @Max(10_000_000) int groupMembers,
        @DefaultValue("100") @Min(2) @Max(1_000_000) int groupOnline,
        @DefaultValue("1") @Min(1) @Max(10_000) int groupRate,
        @DefaultValue("100") @Min(1) @Max(16_384) int payload,
        @DefaultValue("30s") Duration duration,
        @DefaultValue("5s") Duration warmup,
        @Nullable Path json,
        @DefaultValue("500001") @Min(1) long usersFrom,
        @DefaultValue("bench") String token,
        @DefaultValue("medtree-im-passw") @NotBlank String passPhrase,
        @DefaultValue("1") @Min(1) @Max(64) int threads,
        @DefaultValue("50000") @Min(1) int maxUnanswered,
        @DefaultValue("10s") Duration drain) {

    /** What carries the packets. */
    public enum Transport {
        TCP,
        WS
    }

    private static final int DEFAULT_RATE = 1_000;

    public BenchSettings {
        if (rate > 0 && window > 0) {
            throw new IllegalArgumentException("rate: " + rate + ", window: " + window + " (expected: one of them)");
        }
        if (rate == 0 && window == 0) {
            rate = DEFAULT_RATE;
        }
        if (transport == Transport.WS) {
            version = 2;
        }
        if (groupMembers > 0 && (version < 2 || groupOnline > groupMembers)) {
            throw new IllegalArgumentException("group-members: " + groupMembers + ", group-online: " + groupOnline
                    + ", version: " + version + " (expected: no more online than members, and version 2)");
        }
        if (partners >= pairs && partners > 1) {
            throw new IllegalArgumentException(
                    "partners: " + partners + ", pairs: " + pairs + " (expected: fewer partners than pairs, or 1)");
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration: " + duration + " (expected: > 0)");
        }
        if (warmup.isNegative() || drain.isNegative()) {
            throw new IllegalArgumentException("warmup: " + warmup + ", drain: " + drain + " (expected: >= 0)");
        }
    }

    boolean isOpenLoop() {
        return rate > 0;
    }

    int users() {
        return 2 * pairs;
    }

    boolean hasGroup() {
        return groupMembers > 0;
    }

    /** Users who are signed in and silent. */
    int idleUsers() {
        return Math.max(0, connections - users());
    }
}
