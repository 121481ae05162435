package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encryption of protocol version 1: AES in CBC mode (NIST SP 800-38A) with PKCS #5/7 padding and an IV that stays the
 * same for the life of the key. Equal messages give equal ciphertexts, which is version 1's known weakness; clients in
 * the field depend on it.
 */
public final class AesContentCipher implements ContentCipher {

    private static final int BLOCK = 16;

    /** Contents up to this many bytes go through an array that each thread keeps; most frames are far shorter. */
    private static final int KEPT = 4 * 1024;

    private static final FastThreadLocal<byte[]> ENCRYPTED = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[KEPT];
        }
    };

    private static final FastThreadLocal<Cipher> CIPHER = new FastThreadLocal<>() {
        @Override
        protected Cipher initialValue() throws GeneralSecurityException {
            return Cipher.getInstance("AES/CBC/PKCS5Padding");
        }
    };

    private final SecretKeySpec key;
    private final IvParameterSpec iv;

    private AesContentCipher(byte[] key, byte[] iv) {
        if (key.length != 16 && key.length != 32) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: 16 or 32)");
        }
        this.key = new SecretKeySpec(key, "AES");
        this.iv = new IvParameterSpec(Arrays.copyOf(iv, BLOCK));
    }

    /**
     * The key that every client of an installation shares: the pass phrase's UTF-8 bytes; their first 16 are the IV.
     *
     * @throws IllegalArgumentException unless the pass phrase has 16 or 32 bytes
     */
    public static AesContentCipher ofPassPhrase(String passPhrase) {
        byte[] bytes = passPhrase.getBytes(StandardCharsets.UTF_8);
        return new AesContentCipher(bytes, bytes);
    }

    /**
     * A user's own key: the bytes that the Base64 text stands for; the IV is the first 16 characters of the text itself.
     *
     * @throws IllegalArgumentException unless the text is Base64 of 16 or 32 bytes
     */
    public static AesContentCipher ofBase64(String base64) {
        return new AesContentCipher(Base64.getDecoder().decode(base64), base64.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public ProtocolVersion version() {
        return ProtocolVersion.V1;
    }

    @Override
    public int encryptedLength(int plainLength) {
        return plainLength - plainLength % BLOCK + BLOCK;
    }

    @Override
    public void encrypt(byte[] plain, ByteBuf out) {
        int length = encryptedLength(plain.length);
        out.ensureWritable(length);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE);
            if (out.hasArray()) {
                cipher.doFinal(plain, 0, plain.length, out.array(), out.arrayOffset() + out.writerIndex());
                out.writerIndex(out.writerIndex() + length);
            } else {
                byte[] encrypted = arrayOf(length);
                cipher.doFinal(plain, 0, plain.length, encrypted, 0);
                out.writeBytes(encrypted, 0, length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is not usable on this Java", e);
        }
    }

    @Override
    public byte[] decrypt(ByteBuf content) throws UndecryptableContentException {
        int length = content.readableBytes();
        if (length == 0 || length % BLOCK != 0) {
            throw new UndecryptableContentException("length: " + length + " (expected: a multiple of " + BLOCK + ")");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE);
            if (content.hasArray()) {
                byte[] plain = cipher.doFinal(content.array(), content.arrayOffset() + content.readerIndex(), length);
                content.skipBytes(length);
                return plain;
            }
            byte[] encrypted = arrayOf(length);
            content.readBytes(encrypted, 0, length);
            return cipher.doFinal(encrypted, 0, length);
        } catch (GeneralSecurityException e) {
            throw new UndecryptableContentException("the padding is wrong: another key made this content");
        }
    }

    private static byte[] arrayOf(int length) {
        return length <= KEPT ? ENCRYPTED.get() : new byte[length];
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = CIPHER.get();
        cipher.init(mode, key, iv);
        return cipher;
    }
}
