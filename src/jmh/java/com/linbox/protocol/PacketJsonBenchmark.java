package com.linbox.protocol;

import com.linbox.message.RequestRejectedException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Binding and writing JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketJsonBenchmark {

    @Param({"100", "2000"})
    int contentLength;

    private byte[] sendJson;
    private SendMsgResponse stored;
    private NewMessage push;

    @Setup
    public void prepare() {
        sendJson = PacketJson.write(SamplePackets.send(contentLength));
        stored = SamplePackets.stored();
        push = SamplePackets.push(contentLength);
    }

    @Benchmark
    public Packet readSendMsgRequest() throws RequestRejectedException {
        return PacketJson.read(PacketType.SEND_MSG_REQUEST, sendJson);
    }

    @Benchmark
    public byte[] writeSendMsgResponse() {
        return PacketJson.write(stored);
    }

    @Benchmark
    public byte[] writeNewMessage() {
        return PacketJson.write(push);
    }
}
