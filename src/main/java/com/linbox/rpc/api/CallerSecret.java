package com.linbox.rpc.api;

import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * By what a Java caller proves to LINBOX who it is: the text of the server's {@code linbox.rpc.secret}. To be said once, before
 * the first call, of Dubbo's model that the references belong to:
 *
 * <pre>{@code
 * CallerSecret.use(ApplicationModel.defaultModel(), secret);
 * }</pre>
 *
 * {@link CallerSecretFilter}, which Dubbo finds by itself, then adds it to every call of an interface of this package. It goes
 * into no URL and no registry.
 */
public final class CallerSecret {

    private final String text;

    private CallerSecret(String text) {
        this.text = text;
    }

    /** Has all calls of this application carry the secret. */
    public static void use(ApplicationModel application, String secret) {
        application.getBeanFactory().registerBean(new CallerSecret(secret));
    }

    String bearer() {
        return "Bearer " + text;
    }

    /** Without the secret, which must never reach a log. */
    @Override
    public String toString() {
        return "CallerSecret";
    }
}
