package com.linbox.protocol;

import org.jspecify.annotations.Nullable;

/** The versions of the protocol with their numbers on the wire. */
public enum ProtocolVersion {
    /** Content is encrypted by the protocol itself, see {@link AesContentCipher}. */
    V1(1),
    /** Content is plain; TLS beneath protects it. */
    V2(2);

    private final int number;

    ProtocolVersion(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The version with this number, or null where there is none. */
    public static @Nullable ProtocolVersion ofNumber(int number) {
        return switch (number) {
            case 1 -> V1;
            case 2 -> V2;
            default -> null;
        };
    }
}
