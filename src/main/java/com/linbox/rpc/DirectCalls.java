package com.linbox.rpc;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.ProxyFactory;
import org.apache.dubbo.rpc.proxy.AbstractProxyInvoker;

/**
 * Has Dubbo call services by their interface. Its own ways call by the class, which must then be public, or write classes at
 * the start, which takes time. Public because Dubbo makes it.
 */
public final class DirectCalls implements ProxyFactory {

    static final String NAME = "linbox";

    @Override
    public <T> Invoker<T> getInvoker(T service, Class<T> type, URL url) {
        return new ByInterface<>(service, type, url);
    }

    @Override
    public <T> T getProxy(Invoker<T> invoker) {
        throw new UnsupportedOperationException("LINBOX calls nobody");
    }

    @Override
    public <T> T getProxy(Invoker<T> invoker, boolean generic) {
        return getProxy(invoker);
    }

    private static final class ByInterface<T> extends AbstractProxyInvoker<T> {

        private final Class<T> type;
        private final Map<String, Method> methods = new ConcurrentHashMap<>();

        ByInterface(T service, Class<T> type, URL url) {
            super(service, type, url);
            this.type = type;
            for (Method method : type.getMethods()) {
                // No interface here has two methods of one name.
                methods.put(method.getName(), method);
            }
        }

        @Override
        protected Object doInvoke(T service, String name, Class<?>[] parameterTypes, Object[] arguments)
                throws Throwable {
            Method method = methods.get(name);
            if (method == null) {
                throw new NoSuchMethodException(type.getSimpleName() + "." + name);
            }
            return method.invoke(service, arguments);
        }
    }
}
