package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Version 1's encryption, in heap buffers and in direct ones, as sockets use them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CipherBenchmark {

    @Param({"128", "512", "4096"})
    int length;

    @Param({"false", "true"})
    boolean direct;

    private final ContentCipher cipher = AesContentCipher.ofPassPhrase(SamplePackets.PASS_PHRASE);
    private byte[] plain;
    private ByteBuf encrypted;
    private ByteBuf target;

    @Setup
    public void prepare() {
        plain = new byte[length];
        encrypted = buffer();
        cipher.encrypt(plain, encrypted);
        target = buffer();
    }

    @TearDown
    public void release() {
        encrypted.release();
        target.release();
    }

    @Benchmark
    public ByteBuf encrypt() {
        target.clear();
        cipher.encrypt(plain, target);
        return target;
    }

    @Benchmark
    public byte[] decrypt() throws UndecryptableContentException {
        encrypted.readerIndex(0);
        return cipher.decrypt(encrypted);
    }

    private ByteBuf buffer() {
        int capacity = length + 16;
        return direct
                ? PooledByteBufAllocator.DEFAULT.directBuffer(capacity)
                : PooledByteBufAllocator.DEFAULT.heapBuffer(capacity);
    }
}
