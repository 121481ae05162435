package com.linbox.group;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What groups may be.
 *
 * @param maxMembers how many members a group may have
 */
@Validated
@ConfigurationProperties("linbox.group")
record GroupSettings(
        @DefaultValue("100000") @Min(1) @Max(10_000_000) int maxMembers) {}
