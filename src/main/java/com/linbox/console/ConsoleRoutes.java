package com.linbox.console;

import com.linbox.cluster.ZooKeeperUnavailableException;
import com.linbox.journal.JournalUnavailableException;
import com.linbox.message.RequestRejectedException;
import com.linbox.redis.RedisUnavailableException;
import com.linbox.store.StoreUnavailableException;
import java.net.URI;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Every path of the console, and what becomes of failures. */
final class ConsoleRoutes {

    static final String ROOT = "/console";
    static final String API = ROOT + "/api";
    static final String SESSION = API + "/session";

    private static final Logger log = LoggerFactory.getLogger(ConsoleRoutes.class);
    private static final Resource FILES = new ClassPathResource("static/console/");
    private static final Resource PAGE = new ClassPathResource("static/console/index.html");

    private ConsoleRoutes() {}

    /** What a failed call answers with. */
    record Failure(String error) {}

    static RouterFunction<ServerResponse> of(
            ConsoleGuard guard,
            SignInCalls signIns,
            MeasureCalls measures,
            ClusterCalls cluster,
            UserCalls users,
            SettingCalls settings,
            DeadLetterCalls deadLetters) {
        return RouterFunctions.route()
                .path(API, api -> api.filter(ConsoleRoutes::answered)
                        .filter(guard)
                        .GET("/session", signIns::look)
                        .POST("/session", signIns::begin)
                        .DELETE("/session", signIns::end)
                        .GET("/samples", measures::samples)
                        .GET("/causes", measures::causes)
                        .GET("/cluster", cluster::look)
                        .GET("/users/{id}", users::find)
                        .POST("/users/{id}/disconnect", users::disconnect)
                        .GET("/settings", settings::list)
                        .PUT("/settings/{name}", settings::change)
                        .DELETE("/settings/{name}", settings::withdraw)
                        .GET("/dead-letters", deadLetters::list)
                        .GET("/dead-letters/{partition}/{offset}", deadLetters::show)
                        .POST("/dead-letters/{partition}/{offset}/replay", deadLetters::replay))
                // The page's files are named as if from within a folder.
                .GET(ROOT, request -> ServerResponse.temporaryRedirect(URI.create(ROOT + "/"))
                        .build())
                .GET(ROOT + "/", request -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .body(PAGE))
                .resources(ROOT + "/**", FILES)
                .build();
    }

    /** The outermost: what Spring has for failures would not see those of the guard. */
    private static ServerResponse answered(ServerRequest request, HandlerFunction<ServerResponse> next) {
        try {
            return next.handle(request);
        } catch (Exception e) {
            return failed(request, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
        }
    }

    private static ServerResponse failed(ServerRequest request, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return answer(refusal.status(), refusal.getMessage());
        }
        if (failure instanceof RequestRejectedException) {
            return answer(HttpStatus.BAD_REQUEST, failure.getMessage());
        }
        if (failure instanceof RedisUnavailableException) {
            return answer(HttpStatus.SERVICE_UNAVAILABLE, "Redis does not answer");
        }
        if (failure instanceof JournalUnavailableException) {
            return answer(HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not answer");
        }
        if (failure instanceof StoreUnavailableException) {
            return answer(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer");
        }
        if (failure instanceof ZooKeeperUnavailableException) {
            return answer(
                    HttpStatus.SERVICE_UNAVAILABLE, failure.getMessage() + ": it may or may not have been changed");
        }
        log.error("{} {} failed", request.method(), request.path(), failure);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed: its log says why");
    }

    private static ServerResponse answer(HttpStatus status, @Nullable String error) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Failure(String.valueOf(error)));
    }
}
