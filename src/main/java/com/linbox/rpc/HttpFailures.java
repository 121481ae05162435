package com.linbox.rpc;

import com.linbox.rpc.api.RequestFailedException;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.common.logger.Level;
import org.apache.dubbo.remoting.http12.ExceptionHandler;
import org.apache.dubbo.remoting.http12.HttpResult;
import org.apache.dubbo.remoting.http12.RequestMetadata;
import org.apache.dubbo.rpc.model.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/** How callers over plain HTTP are told of failures. Public because Dubbo makes it. */
@Activate
public final class HttpFailures implements ExceptionHandler<RequestFailedException, HttpResult<HttpFailures.Body>> {

    /** The body of a response that is an error. */
    public record Body(String code, @Nullable String message) {}

    @Override
    public Level resolveLogLevel(RequestFailedException failure) {
        return Level.DEBUG;
    }

    @Override
    public HttpResult<Body> handle(
            RequestFailedException failure, RequestMetadata metadata, MethodDescriptor descriptor) {
        return HttpResult.<Body>builder()
                .status(failure.status())
                .body(new Body(failure.code(), failure.getMessage()))
                .build();
    }
}
