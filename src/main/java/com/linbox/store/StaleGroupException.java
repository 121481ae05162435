package com.linbox.store;

/**
 * A group has changed since the state from which a change to it was worked out. Nothing has been stored; the state is to be
 * refreshed, and the change worked out anew.
 */
public final class StaleGroupException extends Exception {

    private static final long serialVersionUID = 1L;

    public StaleGroupException(long groupId, long version) {
        super("group " + groupId + ": has changed since version " + version);
    }
}
