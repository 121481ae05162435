package com.linbox.rpc;

import com.linbox.rpc.api.RequestFailedException;
import java.time.Duration;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.AsyncRpcResult;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

/** What every call passes, whatever its protocol. Public because Dubbo makes it. */
@Activate(group = CommonConstants.PROVIDER, order = Integer.MIN_VALUE + 1)
public final class CallFilter implements Filter {

    private static final String AUTHORIZATION = "authorization";

    private final @Nullable CallGate gate;

    /** @param application of which {@link DubboProvider} has told the gate */
    public CallFilter(ApplicationModel application) {
        gate = application.getBeanFactory().getBean(CallGate.class);
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        if (gate == null) {
            // A provider of somebody else's in this JVM.
            return invoker.invoke(invocation);
        }
        return invoke(gate, invoker, invocation);
    }

    private static Result invoke(CallGate gate, Invoker<?> invoker, Invocation invocation) {
        long begun = System.nanoTime();
        Class<?> service = invoker.getInterface();
        String method = service.getSimpleName() + "." + invocation.getMethodName();
        RequestFailedException refusal = gate.refusal(invocation.getAttachment(AUTHORIZATION));
        invocation.getObjectAttachments().remove(AUTHORIZATION);
        if (refusal != null) {
            return failure(gate.failed(service, method, refusal, since(begun)), invocation);
        }
        gate.begun();
        try {
            return invoker.invoke(invocation).whenCompleteWithContext((result, failure) -> {
                gate.ended();
                if (result != null && result.hasException()) {
                    result.setException(gate.failed(service, method, result.getException(), since(begun)));
                } else if (failure == null) {
                    gate.answered(method, since(begun));
                }
            });
        } catch (RuntimeException e) {
            gate.ended();
            return failure(gate.failed(service, method, e, since(begun)), invocation);
        }
    }

    /** As an answer: what is thrown here would go to the caller with its stack trace. */
    private static Result failure(Throwable told, Invocation invocation) {
        return AsyncRpcResult.newDefaultAsyncResult(told, invocation);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
