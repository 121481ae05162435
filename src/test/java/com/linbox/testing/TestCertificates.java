package com.linbox.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** An authority, and the certificates it gives to servers and clients, as PEM files in one folder. */
public final class TestCertificates {

    private final Path folder;
    private final X509Bundle authority;

    public TestCertificates(Path folder) throws Exception {
        this.folder = folder;
        this.authority = new CertificateBuilder()
                .subject("CN=authority of this test")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        Files.writeString(authorityFile(), authority.getRootCertificatePEM());
    }

    /** The authority's own certificate. */
    public Path authorityFile() {
        return folder.resolve("authority.pem");
    }

    public Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    public Path keyFile() {
        return folder.resolve("key.pem");
    }

    /** Gives a new certificate for 127.0.0.1 and localhost and puts it into the files. */
    public X509Bundle renewServer(String commonName) throws Exception {
        X509Bundle issued = server(commonName).addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
        write(issued, certificateFile(), keyFile());
        return issued;
    }

    /** One for a host of another name. */
    public void renewServerForAnotherHost() throws Exception {
        write(server("elsewhere").buildIssuedBy(authority), certificateFile(), keyFile());
    }

    private static CertificateBuilder server(String commonName) {
        return new CertificateBuilder()
                .subject("CN=" + commonName)
                .addSanDnsName(commonName)
                .addExtendedKeyUsageServerAuth()
                .ecp256();
    }

    /** Puts a client's certificate and key into these files. */
    public void writeClient(Path certificate, Path key) throws Exception {
        write(client(), certificate, key);
    }

    private X509Bundle client() throws Exception {
        return new CertificateBuilder()
                .subject("CN=a client")
                .addExtendedKeyUsageClientAuth()
                .ecp256()
                .buildIssuedBy(authority);
    }

    private static void write(X509Bundle bundle, Path certificate, Path key) throws IOException {
        Files.writeString(key, bundle.getPrivateKeyPEM());
        Files.writeString(certificate, bundle.getCertificatePathPEM());
    }

    /** For a client that trusts the authority and shows nothing. */
    public SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, authority.toTrustManagerFactory().getTrustManagers(), null);
        return context;
    }

    /** For a client that shows a certificate too. */
    public SSLContext trustingWithCertificate() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                client().toKeyManagerFactory().getKeyManagers(),
                authority.toTrustManagerFactory().getTrustManagers(),
                null);
        return context;
    }
}
