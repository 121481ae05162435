package com.linbox.gateway;

import com.linbox.credential.CredentialSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Keeps a gateway that lets anybody in from being reached by anybody by mistake. */
final class OpenDoor {

    private OpenDoor() {}

    /** @throws InvalidConfigurationPropertyValueException where it stands open and nobody has said that it may */
    static void check(CredentialSettings settings, String host) {
        if (settings.mode() == CredentialSettings.Mode.OPEN && !settings.openBeyondLoopback() && !isLoopback(host)) {
            throw new InvalidConfigurationPropertyValueException(
                    "linbox.credential.mode",
                    "open",
                    "linbox.gateway.host is " + host + ", where other machines could sign in as anybody (expected: a"
                            + " loopback address, or linbox.credential.open-beyond-loopback=true)");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Whether it can be listened on is told where that is tried.
            return false;
        }
    }
}
