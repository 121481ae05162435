package com.linbox.rpc;

import com.linbox.message.ErrorCode;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.common.logger.Level;
import org.apache.dubbo.remoting.http12.ExceptionHandler;
import org.apache.dubbo.remoting.http12.HttpResult;
import org.apache.dubbo.remoting.http12.HttpStatus;
import org.apache.dubbo.remoting.http12.RequestMetadata;
import org.apache.dubbo.remoting.http12.exception.DecodeException;
import org.apache.dubbo.remoting.http12.exception.HttpStatusException;
import org.apache.dubbo.rpc.model.MethodDescriptor;

/** How callers over plain HTTP are told of requests that come to no method. Public because Dubbo makes it. */
@Activate
public final class HttpFaults implements ExceptionHandler<HttpStatusException, HttpResult<HttpFailures.Body>> {

    @Override
    public Level resolveLogLevel(HttpStatusException fault) {
        return Level.DEBUG;
    }

    @Override
    public HttpResult<HttpFailures.Body> handle(
            HttpStatusException fault, RequestMetadata metadata, MethodDescriptor descriptor) {
        if (fault instanceof DecodeException) {
            return of(ErrorCode.MALFORMED_JSON, ErrorCode.MALFORMED_JSON.status(), "the body is not the JSON expected");
        }
        if (fault.getStatusCode() == HttpStatus.NOT_FOUND.getCode()) {
            return of(ErrorCode.UNSUPPORTED, fault.getStatusCode(), "no such service or method");
        }
        return fault.getStatusCode() < HttpStatus.INTERNAL_SERVER_ERROR.getCode()
                ? of(ErrorCode.UNSUPPORTED, fault.getStatusCode(), ErrorCode.UNSUPPORTED.text())
                : of(ErrorCode.FAILED, fault.getStatusCode(), ErrorCode.FAILED.text());
    }

    private static HttpResult<HttpFailures.Body> of(ErrorCode code, int status, String message) {
        return HttpResult.<HttpFailures.Body>builder()
                .status(status)
                .body(new HttpFailures.Body(code.name(), message))
                .build();
    }
}
