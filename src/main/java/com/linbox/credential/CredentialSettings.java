package com.linbox.credential;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may sign in.
 *
 * @param mode {@code open}: anybody, with any token; {@code token}: whoever brings a token that the back end was issued
 */
@Validated
@ConfigurationProperties("linbox.credential")
public record CredentialSettings(@DefaultValue("token") Mode mode) {

    /** How tokens are looked at. */
    public enum Mode {
        OPEN,
        TOKEN
    }
}
