package com.linbox.client;

import org.jspecify.annotations.Nullable;

/** What a future of {@link LinboxClient} fails with; the subclasses say why. */
public abstract sealed class LinboxClientException extends RuntimeException
        permits RefusedException,
                ConnectionFailedException,
                NoAnswerException,
                TooManyPendingException,
                KickedException,
                ClientClosedException {

    LinboxClientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
