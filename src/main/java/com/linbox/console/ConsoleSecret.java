package com.linbox.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What operators sign in with. Kept as its SHA-256, and compared in a time that says nothing of how much of it was right. */
final class ConsoleSecret {

    private static final int RANDOM_BYTES = 15;

    private final byte[] hash;

    ConsoleSecret(String secret) {
        this.hash = sha256(secret);
    }

    /** 120 random bits as 20 characters that can be typed and pasted anywhere. */
    static String random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    boolean is(String offered) {
        return MessageDigest.isEqual(hash, sha256(offered));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
