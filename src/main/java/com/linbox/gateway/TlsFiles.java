package com.linbox.gateway;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** The texts of the PEM files at one moment; equal where nothing has changed. */
record TlsFiles(
        String certificate, String privateKey, @Nullable String clientCa) {

    /** BoringSSL where it was built for this platform, otherwise what Java itself has. */
    static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

    private static final byte[] SAMPLE = {1, 2, 3};

    /** @throws UnusableTlsFileException where one cannot be read */
    static TlsFiles read(TlsSettings settings) throws UnusableTlsFileException {
        return new TlsFiles(
                text("certificate", Objects.requireNonNull(settings.certificate())),
                text("private-key", Objects.requireNonNull(settings.privateKey())),
                settings.clientCa() == null ? null : text("client-ca", settings.clientCa()));
    }

    private static String text(String setting, Path file) throws UnusableTlsFileException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UnusableTlsFileException(setting, file, "there is no such file");
        } catch (IOException e) {
            throw new UnusableTlsFileException(setting, file, "it cannot be read: " + e);
        }
    }

    /** The certificate itself, the first in its file. */
    X509Certificate serverCertificate(TlsSettings settings) throws UnusableTlsFileException {
        return certificates("certificate", Objects.requireNonNull(settings.certificate()), certificate)
                .get(0);
    }

    /** @throws UnusableTlsFileException where they are no certificates and key, or do not belong together */
    SslContext context(TlsSettings settings) throws UnusableTlsFileException {
        Path certificateFile = Objects.requireNonNull(settings.certificate());
        Path keyFile = Objects.requireNonNull(settings.privateKey());
        List<X509Certificate> chain = certificates("certificate", certificateFile, certificate);
        PrivateKey key = key(keyFile);
        if (!belongTogether(chain.get(0), key)) {
            throw new UnusableTlsFileException("private-key", keyFile, "it is not the key of " + certificateFile);
        }
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain)
                .sslProvider(PROVIDER)
                .protocols("TLSv1.3", "TLSv1.2")
                .clientAuth(
                        switch (settings.clientCertificates()) {
                            case NONE -> ClientAuth.NONE;
                            case OPTIONAL -> ClientAuth.OPTIONAL;
                            case REQUIRED -> ClientAuth.REQUIRE;
                        });
        if (clientCa != null) {
            builder.trustManager(certificates("client-ca", Objects.requireNonNull(settings.clientCa()), clientCa));
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new UnusableTlsFileException("certificate", certificateFile, "TLS refuses it: " + e.getMessage());
        }
    }

    private static List<X509Certificate> certificates(String setting, Path file, String text)
            throws UnusableTlsFileException {
        try {
            return pem(text).getCertificates();
        } catch (RuntimeException e) {
            throw new UnusableTlsFileException(setting, file, "it holds no certificates in PEM form");
        }
    }

    private PrivateKey key(Path file) throws UnusableTlsFileException {
        try {
            return Objects.requireNonNull(pem(privateKey).getPrivateKey());
        } catch (RuntimeException e) {
            throw new UnusableTlsFileException(
                    "private-key", file, "it holds no private key in PEM form that is not encrypted");
        }
    }

    private static PemContent pem(String text) {
        return Objects.requireNonNull(PemContent.of(text));
    }

    /** A handshake would only show it to the clients. */
    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without the key, which must never reach a log. */
    @Override
    public String toString() {
        return "TlsFiles";
    }
}
