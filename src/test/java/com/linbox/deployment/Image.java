package com.linbox.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The instructions of docker/Dockerfile. */
final class Image {

    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(\\S+)");

    private Image() {}

    /** Each in one line, without comments. */
    static List<String> instructions() throws IOException {
        return Files.readString(Path.of("docker/Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** The one instruction of that name. */
    static String only(String name) throws IOException {
        List<String> found = all(name);
        if (found.size() != 1) {
            throw new IllegalStateException(name + ": " + found + " (expected: one)");
        }
        return found.get(0);
    }

    static List<String> all(String name) throws IOException {
        return instructions().stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    /** What it sets for every process in it. */
    static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String assignments : all("ENV")) {
            ASSIGNMENT.matcher(assignments).results().forEach(found -> environment.put(found.group(1), found.group(2)));
        }
        return environment;
    }
}
