package com.linbox.protocol;

import com.linbox.settings.ChangesWhileRunning;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a message may be.
 *
 * @param maxContent the most bytes of UTF-8 in a message's content, at most 64 KiB: what the database's column holds
 * @param recallWithin for how long after sending it a user may take a message back; 0 is never
 * @param editWithin for how long after sending it a user may rewrite a message; 0 is never
 */
@Validated
@ConfigurationProperties("linbox.message")
public record MessageSettings(
        @ChangesWhileRunning @DefaultValue("16KB") DataSize maxContent,
        @ChangesWhileRunning @DefaultValue("2m") Duration recallWithin,
        @ChangesWhileRunning @DefaultValue("15m") Duration editWithin) {

    private static final DataSize COLUMN = DataSize.ofKilobytes(64);

    public MessageSettings {
        if (maxContent.toBytes() < 1 || maxContent.compareTo(COLUMN) >= 0) {
            throw new IllegalArgumentException(
                    "max-content: " + maxContent.toBytes() + " (expected: 1 to " + (COLUMN.toBytes() - 1) + " bytes)");
        }
        if (recallWithin.isNegative() || editWithin.isNegative()) {
            throw new IllegalArgumentException("recall-within: " + recallWithin.toSeconds() + " s, edit-within: "
                    + editWithin.toSeconds() + " s (expected: at least 0)");
        }
    }
}
