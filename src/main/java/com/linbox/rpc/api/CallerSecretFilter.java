package com.linbox.rpc.api;

import com.linbox.im.interfaces.IIMService;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** Adds the {@link CallerSecret}, where there is one, to calls of LINBOX and of nobody else. */
@Activate(group = CommonConstants.CONSUMER)
public final class CallerSecretFilter implements Filter {

    private final ApplicationModel application;

    /** For Dubbo, which makes it. */
    public CallerSecretFilter(ApplicationModel application) {
        this.application = application;
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) throws RpcException {
        CallerSecret secret = application.getBeanFactory().getBean(CallerSecret.class);
        if (secret != null && isOfLinbox(invoker.getInterface())) {
            invocation.setAttachment("authorization", secret.bearer());
        }
        return invoker.invoke(invocation);
    }

    private static boolean isOfLinbox(Class<?> service) {
        return service.getPackageName().equals(CallerSecretFilter.class.getPackageName())
                || service == IIMService.class;
    }
}
