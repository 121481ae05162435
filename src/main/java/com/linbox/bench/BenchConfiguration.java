package com.linbox.bench;

import com.linbox.client.LinboxClientException;
import com.linbox.terminal.ShortOptions;
import com.linbox.terminal.TerminalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** Runs the load generator in place of a server. */
@Configuration(proxyBeanMethods = false)
@Profile("bench")
@EnableConfigurationProperties(BenchSettings.class)
class BenchConfiguration {

    @Bean
    static ShortOptions benchOptions(ConfigurableEnvironment environment) {
        return new ShortOptions(environment, "linbox.bench", BenchSettings.class);
    }

    @Bean
    TerminalProgram bench(ApplicationContext context, BenchSettings settings) {
        return new TerminalProgram(context, () -> run(settings));
    }

    private static int run(BenchSettings settings) throws IOException, InterruptedException {
        BenchReport report;
        try {
            report = new LoadGenerator(settings, System.out).run();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LinboxClientException cause) {
                System.err.println(cause.getMessage());
                return 1;
            }
            throw e;
        }
        report.print(System.out);
        if (settings.json() != null) {
            Files.write(
                    settings.json(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        }
        return report.isGood() ? 0 : 1;
    }
}
