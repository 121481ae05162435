/**
 * The web chat: what lies in {@code static} for browsers, served at the HTTP port. On in stand-alone; elsewhere where
 * {@code linbox.web.chat} says so.
 *
 * <table>
 * <caption>Paths</caption>
 * <tr><td>{@code /}, {@code /index.html}, {@code /chat.css}, {@code /chat/*}</td><td>the page; without a build step, so that what is
 * served is what lies there</td></tr>
 * <tr><td>{@code /chat/config.json}</td><td>where WebSocket is, and whether a sign-in wants a token</td></tr>
 * <tr><td>{@code /linbox.js}, {@code /linbox.d.ts}</td><td>the JavaScript client, which the page is made with</td></tr>
 * </table>
 *
 * <p>The page talks to the gateway by WebSocket like any other client; nothing here knows a message or a user.
 *
 * <p>Starting points: {@link com.linbox.web.WebChat} for what is served and how long browsers may keep it,
 * {@link com.linbox.web.PageHeaders} for what the page may do.
 */
@ApplicationModule(allowedDependencies = {"credential", "gateway"})
@NullMarked
package com.linbox.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
