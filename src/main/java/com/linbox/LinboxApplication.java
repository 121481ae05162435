package com.linbox;

import com.linbox.launch.Launch;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * Starts the role or roles that the active profiles name; all of them in one process, engines included, if none is named.
 *
 * <p>What Spring Boot configures by itself is listed: {@link Frame} for every role, and in a module's own configuration
 * what only that module needs. A gateway has no database connection because none of its modules asked for one.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Frame
@ComponentScan(
        excludeFilters = {
            @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class)
        })
public class LinboxApplication {

    public static void main(String[] args) {
        try {
            if (Launch.isToStart(LinboxApplication.class, args)) {
                SpringApplication.run(LinboxApplication.class, args)
                        .getBeanProvider(ReadyLine.class)
                        .ifAvailable(ReadyLine::print);
            }
        } catch (IOException | InterruptedException notPrepared) {
            System.err.println("LINBOX cannot be prepared: " + notPrepared.getMessage());
            System.exit(1);
        } catch (SpringApplication.AbandonedRunException notAFailure) {
            throw notAFailure;
        } catch (Throwable alreadyReported) {
            // Threads that a module has left would otherwise keep the process. The hooks stop what has been started.
            System.exit(1);
        }
    }
}
