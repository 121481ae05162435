package com.linbox.gateway;

import com.linbox.protocol.IndependentClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;

/** Frames as broken clients, broken networks and people with bad intentions send them. The same seed makes the same ones. */
final class MutatedFrames {

    private enum Mutation {
        NONE,
        FLIPPED_BITS,
        CUT,
        GLUED,
        LENGTHENED,
        OTHER_VERSION,
        OTHER_TYPE,
        OTHER_LENGTH,
        BROKEN_JSON,
        ODD_JSON,
        RANDOM_CONTENT,
        RANDOM_BYTES
    }

    private static final Mutation[] MUTATIONS = Mutation.values();

    /** After these a connection mostly lives on, and gets to see more. */
    private static final Mutation[] HARMLESS = {Mutation.NONE, Mutation.GLUED, Mutation.BROKEN_JSON, Mutation.ODD_JSON};

    /** What each type's JSON looks like; the number in front is the type, %d the user. */
    private static final String[] PACKETS = {
        "1{'r_id':1,'user_id':'%d','token':'t','ip':'10.0.0.1','port':'4000','device':'iphone'}",
        "2{'r_id':1,'user_id':'%d','status':200,'send_time':1}",
        "3{'r_id':2,'user_id':'%d','offset':0,'limit':20,'type':1}",
        "3{'r_id':2,'user_id':'%d','remote_id':'9','type':2}",
        "4{'r_id':2,'user_id':'%d','unreads':[],'offset':0,'status':200}",
        "5{'r_id':3,'user_id':'%d','remote_id':'9','msg_id':7,'type':2}",
        "6{'r_id':3,'user_id':'%d','type':2,'status':200}",
        "7{'r_id':4,'user_id':%d,'remote_id':9,'max_msg_id':-1,'min_msg_id':0,'limit':20,'type':2,'request_type':1}",
        "8{'r_id':4,'user_id':'%d','msgs':[],'status':200}",
        "9{'r_id':5,'user_id':'%d','remote_id':'9','type':2,'msg':{'r_id':5,'from_user_id':'1','to_user_id':'9',"
                + "'mime_type':'text/plain','content':'h\u00e9llo \ud83d\ude00','type':2}}",
        "9{'r_id':5,'user_id':'%d','group_id':'77','type':3,'msg':{'r_id':6,'content':''}}",
        "10{'r_id':5,'msg_r_id':5,'user_id':'%d','msg_id':1,'status':200}",
        "11{'user_id':'%d','remote_id':'9','type':2}",
        "12{'user_id':'%d','reason':'none'}",
        "13{'r_id':6,'user_id':'%d'}",
        "14{'r_id':6}",
        "15{'system_type':30,'content':'{}'}",
        "16{'r_id':7,'user_id':'%d'}",
        "17{'r_id':7,'user_id':'%d','unreads':[],'status':200}",
        "18{'r_id':8,'user_id':'%d','type':30}",
        "19{'r_id':8}"
    };

    private static final String[] ODD_VALUES = {
        "null",
        "''",
        "0",
        "-1",
        "1e400",
        "9223372036854775808",
        "-9223372036854775809",
        "1.5",
        "true",
        "[]",
        "{}",
        "[[[[]]]]",
        "'\\ud800'",
        "'\\u0000'",
        "'9223372036854775808'",
        "' 7'",
        "\"\u0661\"",
        "{'r_id':{}}",
        "[1,2",
        "'",
        "NaN"
    };

    private final Random random;
    private final IndependentClient codec;
    private final long user;

    MutatedFrames(Random random, IndependentClient codec, long user) {
        this.random = random;
        this.codec = codec;
        this.user = user;
    }

    /** The bytes of one frame, or of what should have been one. */
    byte[] next() throws GeneralSecurityException {
        String packet = PACKETS[random.nextInt(PACKETS.length)];
        int brace = packet.indexOf('{');
        int type = Integer.parseInt(packet.substring(0, brace));
        String json = packet.substring(brace).replace('\'', '"').replace("%d", Long.toString(user));
        Mutation[] choice = random.nextInt(3) == 0 ? MUTATIONS : HARMLESS;
        return switch (choice[random.nextInt(choice.length)]) {
            case NONE -> codec.encode(type, json);
            case FLIPPED_BITS -> flip(codec.encode(type, json));
            case CUT -> cut(codec.encode(type, json));
            case GLUED -> glue(codec.encode(type, json), codec.encode(13, "{\"user_id\":\"" + user + "\"}"));
            case LENGTHENED -> glue(codec.encode(type, json), bytes(1 + random.nextInt(40)));
            case OTHER_VERSION -> put(codec.encode(type, json), 0, random.nextInt(4));
            case OTHER_TYPE -> put(codec.encode(type, json), 2, random.nextInt(32));
            case OTHER_LENGTH -> length(codec.encode(type, json));
            case BROKEN_JSON -> codec.encode(type, broken(json));
            case ODD_JSON -> codec.encode(type, odd(json));
            case RANDOM_CONTENT -> content(type);
            case RANDOM_BYTES -> bytes(1 + random.nextInt(200));
        };
    }

    private byte[] flip(byte[] frame) {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }

    private byte[] cut(byte[] frame) {
        return Arrays.copyOf(frame, random.nextInt(frame.length));
    }

    private static byte[] glue(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] put(byte[] frame, int at, int value) {
        ByteBuffer.wrap(frame).putShort(at, (short) value);
        return frame;
    }

    private byte[] length(byte[] frame) {
        int length = frame.length - 8;
        int[] lengths = {
            0, -1, 1, length - 1, length + 1, 4_096, 4_097, 65_536, 65_537, Integer.MAX_VALUE, random.nextInt()
        };
        ByteBuffer.wrap(frame).putInt(4, lengths[random.nextInt(lengths.length)]);
        return frame;
    }

    /** Characters exchanged, left out and put in, anywhere. */
    private String broken(String json) {
        StringBuilder text = new StringBuilder(json);
        for (int edits = 1 + random.nextInt(3); edits > 0 && !text.isEmpty(); edits--) {
            int at = random.nextInt(text.length());
            char other = (char) (random.nextBoolean() ? 0x20 + random.nextInt(0x60) : random.nextInt(0xd800));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, other);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, other);
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }

    /** Well-formed, or nearly, with a value nobody expects. */
    private String odd(String json) {
        String value = ODD_VALUES[random.nextInt(ODD_VALUES.length)].replace('\'', '"');
        int colons = (int) json.chars().filter(c -> c == ':').count();
        int at = -1;
        for (int skip = random.nextInt(colons); skip >= 0; skip--) {
            at = json.indexOf(':', at + 1);
        }
        int end = at + 1;
        while (end < json.length() && json.charAt(end) != ',' && json.charAt(end) != '}') {
            end++;
        }
        return json.substring(0, at + 1) + value + json.substring(end);
    }

    private byte[] content(int type) {
        byte[] content = bytes(16 * (1 + random.nextInt(8)));
        int version = codec.equals(FuzzTests.V2) ? 2 : 1;
        return ByteBuffer.allocate(8 + content.length)
                .putShort((short) version)
                .putShort((short) type)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (random.nextInt(4) == 0) {
            byte[] text = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, bytes, 0, Math.min(text.length, bytes.length));
        }
        return bytes;
    }
}
