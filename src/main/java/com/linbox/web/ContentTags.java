package com.linbox.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.Resource;

/**
 * The ETag of a file is made of what is in it: another version of LINBOX, of which only the time differs, is no reason to load
 * anything again, and one that is built twice has no other time. What lies in a jar does not change, so that it is read once.
 */
final class ContentTags {

    private static final int BYTES = 16;

    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** The tag without its quotation marks. */
    String of(Resource resource) {
        return resource.isFile()
                ? digest(resource)
                : known.computeIfAbsent(resource.getDescription(), description -> digest(resource));
    }

    private static String digest(Resource resource) {
        try (InputStream content = resource.getInputStream()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
