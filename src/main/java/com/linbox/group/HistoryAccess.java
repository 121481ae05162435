package com.linbox.group;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import java.util.Locale;

/** How much of a group's history a member may read. */
public enum HistoryAccess {
    /** From the member's joining on. */
    JOINED(0),
    ALL(1);

    private final int code;

    HistoryAccess(int code) {
        this.code = code;
    }

    /** What the database has. */
    public int code() {
        return code;
    }

    /** What the wire has: the lower-case name. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static HistoryAccess ofCode(int code) {
        return code == ALL.code ? ALL : JOINED;
    }

    /** @throws RequestRejectedException where none has this text */
    public static HistoryAccess ofText(String text) throws RequestRejectedException {
        for (HistoryAccess access : values()) {
            if (access.text().equals(text)) {
                return access;
            }
        }
        throw new RequestRejectedException(ErrorCode.INVALID_VALUE, "history: unknown (expected: joined or all)");
    }
}
