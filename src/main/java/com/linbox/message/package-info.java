/**
 * The domain's words: users, conversations, messages, what becomes of a send, and the table of errors. Plain values
 * without any technology; every other module speaks in them.
 *
 * <p>Starting points: {@link com.linbox.message.Conversation}, {@link com.linbox.message.Message},
 * {@link com.linbox.message.SendOutcome}, {@link com.linbox.message.ErrorCode}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
