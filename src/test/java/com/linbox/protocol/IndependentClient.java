package com.linbox.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Frames as the protocol's document describes them, made and read with nothing but the JDK: what a client
 * written by somebody else does. It shares no code with the codec under test.
 */
public final class IndependentClient {

    /** One frame taken apart: version, type and the JSON text in it. */
    public record Decoded(int version, int type, String json) {}

    private final int version;
    private final byte[] key;
    private final byte[] iv;

    private IndependentClient(int version, byte[] key, byte[] iv) {
        this.version = version;
        this.key = key;
        this.iv = Arrays.copyOf(iv, 16);
    }

    public static IndependentClient withPassPhrase(String passPhrase) {
        byte[] bytes = passPhrase.getBytes(StandardCharsets.UTF_8);
        return new IndependentClient(1, bytes, bytes);
    }

    /** Version 2, which encrypts nothing. */
    public static IndependentClient ofVersion2() {
        return new IndependentClient(2, new byte[0], new byte[0]);
    }

    public static IndependentClient withDynamicKey(String base64) {
        return new IndependentClient(
                1, Base64.getDecoder().decode(base64), base64.substring(0, 16).getBytes(StandardCharsets.US_ASCII));
    }

    /** The way the vectors' file names keys: {@code static:<pass phrase>} or {@code dynamic:<Base64>}. */
    public static IndependentClient withKeyNamed(String name) {
        String[] parts = name.split(":", 2);
        return parts[0].equals("static") ? withPassPhrase(parts[1]) : withDynamicKey(parts[1]);
    }

    public Decoded decode(byte[] frame) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(frame);
        int version = Short.toUnsignedInt(in.getShort());
        int type = Short.toUnsignedInt(in.getShort());
        byte[] content = new byte[in.getInt()];
        in.get(content);
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes after the frame");
        }
        byte[] json = this.version == 2 ? content : cipher(Cipher.DECRYPT_MODE).doFinal(content);
        return new Decoded(version, type, new String(json, StandardCharsets.UTF_8));
    }

    public byte[] encode(int type, String json) throws GeneralSecurityException {
        byte[] plain = json.getBytes(StandardCharsets.UTF_8);
        byte[] content = version == 2 ? plain : cipher(Cipher.ENCRYPT_MODE).doFinal(plain);
        return ByteBuffer.allocate(8 + content.length)
                .putShort((short) version)
                .putShort((short) type)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher;
    }
}
