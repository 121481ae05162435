package com.linbox.router;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How a router works.
 *
 * @param sendThreads how many threads store messages; each batches for itself, so that more threads mean smaller batches
 * @param queryThreads how many threads answer everything else; while one waits for the database, another goes on
 * @param fanoutThreads how many threads tell groups' members of messages
 * @param pushThreads how many threads make events of messages that have found their recipients offline
 * @param pullThreads how many histories are read from the database at the same time
 * @param counters of how many conversations each thread remembers the newest msg_id
 * @param cachedMembers how many members of groups each thread remembers, some 25 bytes for each
 * @param fanoutChunk for how many members of a group, about, one record of the topic {@code linbox.fanout} is
 * @param maxResponse how many bytes of messages one response carries at most; a longer page or history is cut, and the
 *     client asks for the rest
 */
@Validated
@ConfigurationProperties("linbox.router")
record RouterSettings(
        @DefaultValue("1") @Min(1) @Max(64) int sendThreads,
        @DefaultValue("2") @Min(1) @Max(64) int queryThreads,
        @DefaultValue("1") @Min(1) @Max(64) int fanoutThreads,
        @DefaultValue("1") @Min(1) @Max(64) int pushThreads,
        @DefaultValue("4") @Min(1) @Max(64) int pullThreads,
        @DefaultValue("200000") @Min(1) int counters,
        @DefaultValue("1000000") @Min(1) int cachedMembers,
        @DefaultValue("5000") @Min(1) @Max(10_000) int fanoutChunk,
        @DefaultValue("512KB") DataSize maxResponse) {}
