package com.linbox.gateway;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages' scripts may connect by WebSocket. Browsers let scripts of any page connect anywhere, and say of which page
 * in the header {@code Origin} (RFC 6454); it is for the server to refuse those it does not know.
 */
final class Origins {

    private static final String ANY = "*";

    private final List<String> listed;

    /** @param listed none: only those of the host that is connected to */
    Origins(List<String> listed) {
        this.listed = listed.stream().map(Origins::inLowerCase).toList();
    }

    /** Whether the text is an origin as a browser says it, or stands for all. */
    static boolean isOne(String text) {
        URI uri = uri(text);
        return text.equals(ANY)
                || uri != null
                        && uri.getScheme() != null
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawPath().isEmpty()
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
    }

    /**
     * Whether scripts of this origin may connect.
     *
     * @param host the request's header {@code Host}
     * @param onLoopback whether it came within this machine: then the host must be, too, by its name. A page could otherwise let
     *     its own host's name lead here (DNS rebinding)
     */
    boolean admit(String origin, String host, boolean onLoopback) {
        if (!listed.isEmpty()) {
            return listed.contains(ANY) || listed.contains(inLowerCase(origin));
        }
        URI page = isOne(origin) ? uri(origin) : null;
        URI here = uri("ws://" + host);
        return page != null
                && page.getHost() != null
                && here != null
                && page.getHost().equalsIgnoreCase(here.getHost())
                && (!onLoopback || isLoopback(here.getHost()));
    }

    private static boolean isLoopback(String host) {
        String name = inLowerCase(host);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String inLowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
