package com.linbox.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream of a connection into {@link Frame}s, however it was split or glued on its way. All of them have the
 * version of the first. Where the header is wrong it hands on one {@link BadFrame} and passes over all that follows. It
 * never holds more than one frame of the limit's size.
 *
 * @see Frame the layout of a frame
 */
public final class FrameDecoder extends BoundedDecoder {

    private @Nullable ProtocolVersion version;
    private boolean broken;

    /** @param maxContent the longest content in bytes that is accepted, at least 1 */
    public FrameDecoder(int maxContent) {
        super(maxContent);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        if (in.readableBytes() < Short.BYTES) {
            return;
        }
        ProtocolVersion stated = ProtocolVersion.ofNumber(in.getUnsignedShort(start));
        if (stated == null || (version != null && stated != version)) {
            fail(BadFrame.Fault.UNKNOWN_VERSION, in.getUnsignedShort(start), in, out);
            return;
        }
        if (in.readableBytes() < Frame.HEADER_LENGTH) {
            return;
        }
        int length = in.getInt(start + 4);
        if (length < 1 || length > maxContent()) {
            fail(BadFrame.Fault.BAD_LENGTH, length, in, out);
            return;
        }
        if (in.readableBytes() - Frame.HEADER_LENGTH < length) {
            return;
        }
        int type = in.getUnsignedShort(start + 2);
        in.skipBytes(Frame.HEADER_LENGTH);
        version = stated;
        out.add(new Frame(stated, type, in.readRetainedSlice(length), Frame.HEADER_LENGTH + length));
    }

    private void fail(BadFrame.Fault fault, long offending, ByteBuf in, List<Object> out) {
        broken = true;
        in.skipBytes(in.readableBytes());
        out.add(new BadFrame(fault, offending));
    }
}
