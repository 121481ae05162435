package com.linbox.credential;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Reads public keys. What is no key for RS256 or ES256 is refused, or passed over where it stands among others. */
final class JwtKeyFiles {

    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private static final String PEM_SETTING = "linbox.credential.jwt.public-key-file";
    private static final String JWKS_SETTING = "linbox.credential.jwt.jwks-file";
    private static final int MIN_RSA_BITS = 2048;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private JwtKeyFiles() {}

    /** @throws InvalidConfigurationPropertyValueException where the file has no such key */
    static JWKSet pem(Path file) {
        Matcher pem = PEM.matcher(read(PEM_SETTING, file));
        if (!pem.find()) {
            throw refusal(PEM_SETTING, file, "it holds no -----BEGIN PUBLIC KEY-----");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IllegalArgumentException e) {
            throw refusal(PEM_SETTING, file, "its key is not Base64");
        }
        JWK key = publicKey(file, new X509EncodedKeySpec(der));
        if (!isUsable(key)) {
            throw refusal(PEM_SETTING, file, "its key is too short, or of another curve than P-256");
        }
        return new JWKSet(key);
    }

    private static JWK publicKey(Path file, X509EncodedKeySpec encoded) {
        try {
            var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(encoded);
            return new RSAKey.Builder(key).build();
        } catch (GeneralSecurityException notRsa) {
            return ecKey(file, encoded);
        }
    }

    private static JWK ecKey(Path file, X509EncodedKeySpec encoded) {
        try {
            var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(encoded);
            Curve curve = Curve.forECParameterSpec(key.getParams());
            if (curve != null) {
                return new ECKey.Builder(curve, key).build();
            }
        } catch (GeneralSecurityException notEcEither) {
            // Told below.
        }
        throw refusal(PEM_SETTING, file, "its key is neither RSA nor of a known elliptic curve");
    }

    /** @throws InvalidConfigurationPropertyValueException where the file has no such key */
    static JWKSet jwks(Path file) {
        try {
            return usable(read(JWKS_SETTING, file));
        } catch (ParseException e) {
            throw refusal(JWKS_SETTING, file, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The keys of a JSON Web Key Set (RFC 7517) that serve.
     *
     * @throws ParseException where there is none
     */
    static JWKSet usable(String json) throws ParseException {
        List<JWK> keys = JWKSet.parse(json).toPublicJWKSet().getKeys().stream()
                .filter(JwtKeyFiles::isUsable)
                .toList();
        if (keys.isEmpty()) {
            throw new ParseException("no key for RS256 (2048 bits or more) or ES256 in it", 0);
        }
        return new JWKSet(keys);
    }

    private static boolean isUsable(JWK key) {
        return key instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS
                || key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256);
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw refusal(setting, file, "there is no such file");
        } catch (IOException e) {
            throw refusal(setting, file, "it cannot be read: " + e);
        }
    }

    private static InvalidConfigurationPropertyValueException refusal(String setting, Path file, String reason) {
        return new InvalidConfigurationPropertyValueException(setting, file, reason);
    }
}
