package com.linbox.credential;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What counts as one client where addresses are counted, such as those of sign-ins in vain. */
public final class ClientNetwork {

    /** A subscriber of IPv6 has at least a /64 of addresses. */
    private static final int IPV6_BYTES = 8;

    private ClientNetwork() {}

    /** The address itself of IPv4, the first of the /64 network of IPv6. */
    public static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, IPV6_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
