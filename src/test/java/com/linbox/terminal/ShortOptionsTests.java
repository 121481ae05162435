package com.linbox.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;

class ShortOptionsTests {

    @ConfigurationProperties("some.prog")
    record Settings(
            @DefaultValue("nobody") String user,
            @DefaultValue("1") int maxItems) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Settings.class)
    static class Program {

        @Bean
        static ShortOptions options(ConfigurableEnvironment environment) {
            return new ShortOptions(environment, "some.prog", Settings.class);
        }
    }

    private static Settings settings(String... args) {
        try (var context = new AnnotationConfigApplicationContext()) {
            CommandLinePropertySource<?> commandLine = new SimpleCommandLinePropertySource(args);
            context.getEnvironment().getPropertySources().addFirst(commandLine);
            context.register(Program.class);
            context.refresh();
            return context.getBean(Settings.class);
        }
    }

    @Test
    void aSettingMayBeGivenWithoutItsPrefix() {
        assertThat(settings("--user=1001", "--max-items=5")).isEqualTo(new Settings("1001", 5));
        assertThat(settings("--some.prog.user=1001")).isEqualTo(new Settings("1001", 1));
    }

    @Test
    void theShellsUserIsNotTheProgramsUser() {
        assertThat(settings().user()).isEqualTo("nobody");
    }

    @Test
    void anOptionThatIsNoneStopsTheStartAndNamesThoseThereAre() {
        assertThatThrownBy(() -> settings("--max-itmes=5"))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> assertThat(e.getReason())
                        .contains("--max-items", "--user"));
    }

    @Test
    void optionsOfTheFrameworkPass() {
        assertThat(settings("--spring.profiles.active=chat", "--debug", "some text")
                        .maxItems())
                .isEqualTo(1);
    }
}
