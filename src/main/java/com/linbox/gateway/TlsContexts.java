package com.linbox.gateway;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Begins TLS on new connections, with the certificate that the files hold now. They are compared by content, so that it
 * does not matter how they are put into place; Spring Boot's SSL bundles, which watch files too, would not tell which
 * setting is wrong, nor keep quiet about one and the same broken file.
 */
final class TlsContexts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TlsContexts.class);

    private final TlsSettings settings;
    private final GatewayMeters meters;
    private TlsFiles inUse;
    private volatile SslContext context;
    private @Nullable TlsFiles refused;
    private @Nullable String reported;
    private @Nullable ScheduledExecutorService watch;

    private TlsContexts(TlsSettings settings, GatewayMeters meters) throws UnusableTlsFileException {
        this.settings = settings;
        this.meters = meters;
        this.inUse = TlsFiles.read(settings);
        this.context = inUse.context(settings);
        certificateInUse();
    }

    /** @throws InvalidConfigurationPropertyValueException where a file is of no use */
    static TlsContexts load(TlsSettings settings, GatewayMeters meters) {
        try {
            return new TlsContexts(settings, meters);
        } catch (UnusableTlsFileException e) {
            throw new InvalidConfigurationPropertyValueException(e.setting(), e.file(), e.reason());
        }
    }

    int port() {
        return settings.port();
    }

    /** A handler for the beginning of a connection's pipeline. */
    SslHandler newHandler(Channel channel, Duration handshakeTimeout, Duration closing) {
        SslHandler handler = context.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(closing.toMillis());
        return handler;
    }

    /** Looks at the files from now on. */
    synchronized void watch() {
        if (watch == null) {
            watch = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("linbox-tls", true));
            long pause = Math.max(1, settings.reload().toMillis());
            watch.scheduleWithFixedDelay(this::reload, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** Never throws, for that would end the watch. */
    synchronized void reload() {
        TlsFiles files = null;
        try {
            files = TlsFiles.read(settings);
            if (files.equals(inUse) || files.equals(refused)) {
                return;
            }
            context = files.context(settings);
            inUse = files;
            refused = null;
            reported = null;
            meters.tlsReload(GatewayMeters.Reload.DONE);
            certificateInUse();
        } catch (UnusableTlsFileException | RuntimeException e) {
            refused = files;
            report(e);
        }
    }

    /** Once for each new trouble; files that are away are looked for again and again. */
    private void report(Exception trouble) {
        String message = String.valueOf(trouble.getMessage());
        if (!message.equals(reported)) {
            reported = message;
            meters.tlsReload(GatewayMeters.Reload.FAILED);
            log.warn("The TLS certificate is not changed, the one before stays in use: {}", message);
        }
    }

    private void certificateInUse() throws UnusableTlsFileException {
        X509Certificate certificate = inUse.serverCertificate(settings);
        meters.certificateExpires(certificate.getNotAfter().toInstant());
        log.info(
                "TLS by {}, certificate of {} valid until {}",
                TlsFiles.PROVIDER,
                certificate.getSubjectX500Principal(),
                certificate.getNotAfter().toInstant());
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.shutdown();
            watch = null;
        }
    }
}
