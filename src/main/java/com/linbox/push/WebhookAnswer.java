package com.linbox.push;

/**
 * What came of a post.
 *
 * @param why in words, without anything secret
 */
record WebhookAnswer(Verdict verdict, String why) {

    /** What it says of the events that were posted. */
    enum Verdict {
        /** Any 2xx: done with. */
        ACCEPTED,
        /** Something is wrong with what was posted, and would be again. */
        REFUSED,
        /** It failed there, or was not answered in time. One of the events may be the reason. */
        FAILED,
        /** Nothing was looked at: no connection, no permission, too much at once, or nobody at home under this URL. */
        UNAVAILABLE
    }

    static WebhookAnswer ofStatus(int status) {
        return new WebhookAnswer(verdict(status), "status " + status);
    }

    private static Verdict verdict(int status) {
        return switch (status / 100) {
            case 2 -> Verdict.ACCEPTED;
            case 4 ->
                switch (status) {
                    // Mistakes of whoever set the URL or the secret, or of the time: events are not to be lost to them.
                    case 401, 403, 404, 405, 407, 408, 421, 425, 426, 429 -> Verdict.UNAVAILABLE;
                    default -> Verdict.REFUSED;
                };
            case 5 -> Verdict.FAILED;
            default -> Verdict.UNAVAILABLE;
        };
    }
}
