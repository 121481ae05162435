package com.linbox.terminal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/** Runs a program once the application has started, and ends the process with the program's exit code. */
public final class TerminalProgram implements ApplicationRunner {

    /** The program itself. */
    @FunctionalInterface
    public interface Body {

        /** @return the exit code: 0 where all went well */
        int run() throws Exception;
    }

    private final ApplicationContext context;
    private final Body body;

    public TerminalProgram(ApplicationContext context, Body body) {
        this.context = context;
        this.body = body;
    }

    @Override
    public void run(ApplicationArguments args) throws Exception {
        logToStandardError();
        int code = body.run();
        System.exit(SpringApplication.exit(context, () -> code));
    }

    private static void logToStandardError() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
                if (all.next() instanceof ConsoleAppender<ILoggingEvent> console) {
                    console.stop();
                    console.setTarget("System.err");
                    console.start();
                }
            }
        }
    }
}
