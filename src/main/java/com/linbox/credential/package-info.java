/**
 * Who may sign in, and with which key.
 *
 * <p>Starting points: {@link com.linbox.credential.Credentials}, which a gateway asks, in the mode that
 * {@code linbox.credential.mode} names; {@link com.linbox.credential.CredentialIssuer}, by which the back end hands tokens
 * out; {@link com.linbox.credential.ContentKeys} for the users' own keys of protocol version 1.
 *
 * <h2>Keys in Redis</h2>
 *
 * <table>
 * <caption>One user's credentials, here of user 1001</caption>
 * <tr><th>key</th><th>type</th><th>field</th><th>value</th><th>lifetime</th></tr>
 * <tr><td>{@code linbox:tokens:{1001}}</td><td>hash, at most 100 fields</td><td>SHA-256 of the token, in Base64 for
 *     URLs</td><td>when it expires in ms since the epoch; a space and the device where it is bound to one</td>
 *     <td>to the last expiry of a token</td></tr>
 * <tr><td>{@code linbox:content-key:{1001}}</td><td>string</td><td></td><td>when it expires in ms since the epoch, a
 *     space, the key's Base64</td><td>to that time</td></tr>
 * </table>
 *
 * <p>Of a token LINBOX has only the hash; a token is 256 random bits, so that its hash needs neither salt nor stretching. A
 * content key must be had as it is: who reads Redis can read what is encrypted with it.
 *
 * <p>Nothing here logs a token or a key, and no {@code toString} shows one.
 */
@ApplicationModule(allowedDependencies = {"message", "redis"})
@NullMarked
package com.linbox.credential;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
