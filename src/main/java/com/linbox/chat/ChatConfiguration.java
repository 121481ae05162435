package com.linbox.chat;

import com.linbox.terminal.ShortOptions;
import com.linbox.terminal.TerminalProgram;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;

/** Runs the chat in place of a server. */
@Configuration(proxyBeanMethods = false)
@Profile("chat")
@EnableConfigurationProperties(ChatSettings.class)
class ChatConfiguration {

    @Bean
    static ShortOptions chatOptions(ConfigurableEnvironment environment) {
        return new ShortOptions(environment, "linbox.chat", ChatSettings.class);
    }

    @Bean
    TerminalProgram chat(ApplicationContext context, ChatSettings settings) {
        return new TerminalProgram(context, () -> {
            Charset charset = terminalCharset();
            var in = new BufferedReader(new InputStreamReader(System.in, charset));
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset);
            return new TerminalChat(settings, in, out).run();
        });
    }

    /** What the terminal uses; a shell without a locale says ASCII and means UTF-8. */
    private static Charset terminalCharset() {
        String name = System.getProperty("native.encoding", "UTF-8");
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }
}
