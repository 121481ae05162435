/**
 * A chat for the terminal, profile {@code chat}: what somebody who has just started the server types into two terminals.
 *
 * <p>Starting points: {@link com.linbox.chat.ChatSettings} for the options, {@code TerminalChat} for the program.
 */
@ApplicationModule(allowedDependencies = {"client", "group", "message", "protocol", "terminal"})
@NullMarked
package com.linbox.chat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
