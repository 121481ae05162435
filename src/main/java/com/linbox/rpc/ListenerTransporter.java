package com.linbox.rpc;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.remoting.ChannelHandler;
import org.apache.dubbo.remoting.RemotingException;
import org.apache.dubbo.remoting.api.connection.AbstractConnectionClient;
import org.apache.dubbo.remoting.api.pu.AbstractPortUnificationServer;
import org.apache.dubbo.remoting.api.pu.PortUnificationTransporter;

/** Has Dubbo listen by means of {@link RpcListener}. Public because Dubbo makes it. */
public final class ListenerTransporter implements PortUnificationTransporter {

    static final String NAME = "linbox";

    @Override
    public AbstractPortUnificationServer bind(URL url, ChannelHandler handler) throws RemotingException {
        return new RpcListener(url, handler);
    }

    @Override
    public AbstractConnectionClient connect(URL url, ChannelHandler handler) {
        throw new UnsupportedOperationException("LINBOX calls nobody");
    }
}
