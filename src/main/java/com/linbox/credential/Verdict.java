package com.linbox.credential;

/** What was found of a token, for metrics only: a client is never told. The lower-case name is the tag's value. */
enum Verdict {
    ADMITTED,
    NO_TOKEN,
    /** The user has no such token: it never was one, was revoked, expired long ago, or there is no such user. */
    UNKNOWN_TOKEN,
    EXPIRED,
    OTHER_DEVICE,
    OTHER_USER,
    /** A JWT that is none, is signed by somebody else or in another way, or is meant for another service. */
    INVALID,
    /** A JWT whose key is not among those that are known. */
    UNKNOWN_KEY,
    /** It could not be looked at. */
    UNAVAILABLE
}
