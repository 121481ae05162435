package com.linbox.rpc;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.redis.RedisUnavailableException;
import com.linbox.rpc.api.RequestFailedException;
import com.linbox.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Makes failures into what callers are told. */
final class Failures {

    private Failures() {}

    static RequestFailedException of(ErrorCode code, String detail) {
        return new RequestFailedException(code.name(), code.status(), detail);
    }

    static RequestFailedException of(ErrorCode code) {
        return of(code, code.text());
    }

    static RequestFailedException of(RequestRejectedException rejected) {
        return of(rejected.code(), rejected.detail());
    }

    /** What a failure is to a caller; null where it is a fault of this server, of which the caller learns nothing. */
    static @Nullable RequestFailedException known(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RequestFailedException told) {
            return told;
        }
        if (cause instanceof StoreUnavailableException || cause instanceof RedisUnavailableException) {
            return of(ErrorCode.UNAVAILABLE);
        }
        return null;
    }
}
