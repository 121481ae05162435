package com.linbox.group;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import java.util.Locale;

/** Who may add members to a group. */
public enum Inviters {
    /** The administrators and the owner. */
    ADMINISTRATORS(0),
    /** Every member. */
    MEMBERS(1);

    private final int code;

    Inviters(int code) {
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

    public static Inviters ofCode(int code) {
        return code == MEMBERS.code ? MEMBERS : ADMINISTRATORS;
    }

    /** @throws RequestRejectedException where none has this text */
    public static Inviters ofText(String text) throws RequestRejectedException {
        for (Inviters inviters : values()) {
            if (inviters.text().equals(text)) {
                return inviters;
            }
        }
        throw new RequestRejectedException(
                ErrorCode.INVALID_VALUE, "invite: unknown (expected: administrators or members)");
    }
}
