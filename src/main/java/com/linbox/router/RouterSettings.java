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
 * @param queryThreads how many threads answer everything else
 * @param pullThreads how many histories are read from the database at the same time
 * @param counters of how many conversations each thread remembers the newest msg_id
 * @param maxResponse how many bytes of messages one response carries at most; a longer page or history is cut, and the
 *     client asks for the rest
 */
@Validated
@ConfigurationProperties("linbox.router")
record RouterSettings(
        @DefaultValue("1") @Min(1) @Max(64) int sendThreads,
        @DefaultValue("1") @Min(1) @Max(64) int queryThreads,
        @DefaultValue("4") @Min(1) @Max(64) int pullThreads,
        @DefaultValue("200000") @Min(1) int counters,
        @DefaultValue("512KB") DataSize maxResponse) {}
