package com.linbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesContentCipherTests {

    private static final String PASS_PHRASE = "medtree-im-passw";
    private final ContentCipher cipher = AesContentCipher.ofPassPhrase(PASS_PHRASE);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 4_095, 65_536})
    void whatWasEncryptedComesBackFromHeapAndDirectMemory(int length) throws Exception {
        byte[] plain = new byte[length];
        Arrays.fill(plain, (byte) 'x');
        for (ByteBuf buffer : new ByteBuf[] {Unpooled.buffer(1), Unpooled.directBuffer(1)}) {
            buffer.writeByte('!');
            cipher.encrypt(plain, buffer);
            assertThat(buffer.readByte()).isEqualTo((byte) '!');
            assertThat(buffer.readableBytes()).isEqualTo(cipher.encryptedLength(length));
            assertThat(cipher.decrypt(buffer)).isEqualTo(plain);
            assertThat(buffer.isReadable()).isFalse();
            buffer.release();
        }
    }

    @Test
    void thePassPhraseTwiceIsAnotherKey() {
        ByteBuf buffer = Unpooled.buffer();
        AesContentCipher.ofPassPhrase(PASS_PHRASE + PASS_PHRASE).encrypt("{\"r_id\":9}".getBytes(), buffer);

        assertThatThrownBy(() -> cipher.decrypt(buffer)).isInstanceOf(UndecryptableContentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 31})
    void contentThatIsNotWholeBlocksIsRefused(int length) {
        assertThatThrownBy(() -> cipher.decrypt(Unpooled.wrappedBuffer(new byte[length])))
                .isInstanceOf(UndecryptableContentException.class)
                .hasMessageContaining("length: " + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "medtree-im-pass", "medtree-im-passwd", "medtree-im-passwmedtree-i", "пароль"})
    void aPassPhraseOfAnotherLengthIsRefusedWithoutBeingRepeated(String passPhrase) {
        assertThatThrownBy(() -> AesContentCipher.ofPassPhrase(passPhrase))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key: " + passPhrase.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        + " bytes (expected: 16 or 32)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64 at all!", "q83vEjRWeJCrze8SNFZ4"})
    void aDynamicKeyThatIsNoneIsRefused(String base64) {
        assertThatThrownBy(() -> AesContentCipher.ofBase64(base64)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneCipherServesManyThreadsAndKeysDoNotMix() throws Exception {
        ContentCipher other = AesContentCipher.ofBase64("q83vEjRWeJCrze8SNFZ4kA==");
        for (int i = 0; i < 100; i++) {
            ByteBuf mine = Unpooled.buffer();
            ByteBuf theirs = Unpooled.buffer();
            cipher.encrypt(("mine " + i).getBytes(), mine);
            other.encrypt(("theirs " + i).getBytes(), theirs);
            assertThat(new String(cipher.decrypt(mine))).isEqualTo("mine " + i);
            assertThat(new String(other.decrypt(theirs))).isEqualTo("theirs " + i);
        }
    }
}
