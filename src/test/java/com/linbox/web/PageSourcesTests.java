package com.linbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the sources of what browsers get to never make HTML or code of a text. */
class PageSourcesTests {

    private static final Path STATIC = Path.of("src", "main", "resources", "static");

    private static final Pattern MAKES_HTML_OF_TEXT = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|srcdoc"
                    + "|document\\.write|createContextualFragment|DOMParser|parseHTMLUnsafe|setHTML|\\beval\\(|new Function\\(");

    private static final Pattern INLINE = Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=");

    static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(STATIC)) {
            return files.filter(file -> file.toString().matches(".*\\.(js|html)")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void noTextIsTakenForHtmlOrCode(Path source) throws IOException {
        assertThat(Files.readString(source)).doesNotContainPattern(MAKES_HTML_OF_TEXT);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void pagesHaveNoScriptsAndStylesOfTheirOwn(Path source) throws IOException {
        if (source.toString().endsWith(".html")) {
            assertThat(Files.readString(source)).doesNotContainPattern(INLINE);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void nothingIsLoadedFromAnywhereElse(Path source) throws IOException {
        List<String> imports = Pattern.compile("(?:from|import|src=|href=)\\s*['\"]([^'\"]+)['\"]")
                .matcher(Files.readString(source))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(imports)
                .allMatch(target -> target.startsWith("./") || target.startsWith("../") || target.startsWith("node:"));
    }
}
