package com.linbox.protocol;

import com.linbox.group.GroupChange;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import org.jspecify.annotations.Nullable;

/** Moments until which something holds: on the wire −1 is for ever, inside it is {@link Long#MAX_VALUE}. */
public final class Moments {

    private static final long FOR_EVER = -1;

    private Moments() {}

    public static long onWire(long until) {
        return until == Long.MAX_VALUE ? FOR_EVER : until;
    }

    /** The same, but absent where it holds no more. */
    public static @Nullable Long onWireUnlessOver(long until, long now) {
        return until <= now ? null : onWire(until);
    }

    /** Until when a change lets somebody send nothing; absent where it is about something else. */
    public static @Nullable Long onWire(GroupChange change) {
        if (change instanceof GroupChange.Mute mute) {
            return onWire(mute.until());
        }
        return change instanceof GroupChange.MuteAll mute ? onWire(mute.until()) : null;
    }

    /** @throws RequestRejectedException where it is absent, or no moment */
    public static long read(String field, @Nullable Long until) throws RequestRejectedException {
        if (until == null) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
        if (until < FOR_EVER) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE,
                    field + ": " + until + " (expected: milliseconds since the epoch, 0 no more, -1 for ever)");
        }
        return until == FOR_EVER ? Long.MAX_VALUE : until;
    }
}
