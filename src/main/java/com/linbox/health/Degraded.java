package com.linbox.health;

import org.springframework.boot.health.contributor.Status;

/** The status of what works on, but not as somebody wants it to: a reason to look, and none to restart it or to pass it over. */
public final class Degraded {

    public static final Status STATUS = new Status("DEGRADED");

    private Degraded() {}
}
