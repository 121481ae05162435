package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Frames, encryption included on the way out; on the way in cutting them out of one read of many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameCodecBenchmark {

    private static final int FRAMES = 32;

    private final ContentCipher cipher = AesContentCipher.ofPassPhrase(SamplePackets.PASS_PHRASE);
    private final byte[] json = PacketJson.write(SamplePackets.push(100));
    private EmbeddedChannel channel;
    private ByteBuf read;

    @Setup
    public void prepare() {
        channel = new EmbeddedChannel(new FrameDecoder(65_536));
        read = PooledByteBufAllocator.DEFAULT.directBuffer();
        for (int i = 0; i < FRAMES; i++) {
            ByteBuf frame = encodeOne();
            read.writeBytes(frame);
            frame.release();
        }
    }

    @TearDown
    public void release() {
        channel.finishAndReleaseAll();
        read.release();
    }

    @Benchmark
    public boolean encode() {
        return encodeOne().release();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int cutFrames() {
        channel.writeInbound(read.retainedDuplicate());
        int bytes = 0;
        for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            bytes += frame.content().readableBytes();
            frame.release();
        }
        return bytes;
    }

    private ByteBuf encodeOne() {
        return FrameEncoder.encode(PooledByteBufAllocator.DEFAULT, cipher, PacketType.NEW_MESSAGE, json);
    }
}
