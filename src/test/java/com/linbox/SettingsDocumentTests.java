package com.linbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.settings.ChangesWhileRunning;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** Holds the table of settings that change while LINBOX runs against the settings records. */
class SettingsDocumentTests {

    private static final Pattern ROW = Pattern.compile("^\\| `(linbox\\.[^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void theDocumentNamesEverySettingThatChangesAndNoOther() throws Exception {
        Set<String> documented = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("src/docs/settings.md")));
        while (row.find()) {
            documented.add(row.group(1));
        }
        assertThat(documented).isEqualTo(changing());
    }

    private static Set<String> changing() throws ClassNotFoundException {
        var records = new ClassPathScanningCandidateComponentProvider(false);
        records.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Set<String> names = new TreeSet<>();
        for (BeanDefinition definition : records.findCandidateComponents("com.linbox")) {
            Class<?> type = Class.forName(definition.getBeanClassName());
            if (!type.isRecord() || type.getNestHost() != type) {
                // Records within tests.
                continue;
            }
            String prefix = AnnotatedElementUtils.getMergedAnnotation(type, ConfigurationProperties.class)
                    .prefix();
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.isAnnotationPresent(ChangesWhileRunning.class)) {
                    names.add(prefix + "."
                            + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
        return names;
    }
}
