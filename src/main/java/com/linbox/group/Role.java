package com.linbox.group;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import java.util.Locale;

/** What a member may do in a group; who comes later may do all that those before may. */
public enum Role {
    MEMBER(0),
    ADMINISTRATOR(1),
    /** Exactly one, in a group that was made here; a group of the original's database may have none. */
    OWNER(2);

    private final int code;

    Role(int code) {
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

    /** Whether somebody with this role may order those of the other one about. */
    public boolean isAbove(Role other) {
        return code > other.code;
    }

    /** The role with this code. Whatever the original had written into the column is an ordinary member. */
    public static Role ofCode(int code) {
        return switch (code) {
            case 1 -> ADMINISTRATOR;
            case 2 -> OWNER;
            default -> MEMBER;
        };
    }

    /** @throws RequestRejectedException where no role has this text */
    public static Role ofText(String text) throws RequestRejectedException {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw new RequestRejectedException(
                ErrorCode.INVALID_VALUE, "role: unknown (expected: member, administrator or owner)");
    }
}
