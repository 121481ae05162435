/**
 * What a product's back end asks of LINBOX: interfaces served by Dubbo, for Java over its protocols {@code dubbo} and
 * {@code tri}, for other languages as HTTP with JSON ({@code src/docs/rpc.md} shows every call). They need nothing but Dubbo:
 * no Spring, no other class of LINBOX.
 *
 * <p>Starting points: {@link com.linbox.rpc.api.MessageService}, {@link com.linbox.rpc.api.GroupService},
 * {@link com.linbox.rpc.api.CredentialService}, {@link com.linbox.rpc.api.GatewayService},
 * {@link com.linbox.rpc.api.PresenceService}, {@link com.linbox.rpc.api.HistoryService}; {@link com.linbox.rpc.api.CallerSecret} for a Java caller to say who it is.
 *
 * <ul>
 *   <li>Ids of users, groups and requests are texts of decimal digits, 1 to 9223372036854775807: many languages' numbers are
 *       not exact beyond 2<sup>53</sup>. Places in a conversation, counts and times are numbers.
 *   <li>Times are milliseconds since the epoch; lengths of time say their unit in their name.
 *   <li>Every method throws {@link com.linbox.rpc.api.RequestFailedException} where it did not do what it was asked for.
 *   <li>A component that may be null may be left out in JSON.
 * </ul>
 */
@NullMarked
package com.linbox.rpc.api;

import org.jspecify.annotations.NullMarked;
