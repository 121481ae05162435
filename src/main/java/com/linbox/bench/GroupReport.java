package com.linbox.bench;

import java.io.PrintStream;
import java.util.Locale;

/**
 * What became of the messages of a large group.
 *
 * @param sent messages that were to be sent while measuring
 * @param deliveries how often one of them came to a member who was online
 * @param missing how often one did not
 * @param twice how often one came once more
 * @param refused requests of the group's owner that were not granted
 * @param connectionsLost members whose connection ended
 * @param toOne from when a message was to be sent until it came to a member
 * @param toAll from when a message was to be sent until it had come to the last of them
 */
record GroupReport(
        int members,
        int online,
        int rate,
        long sent,
        long deliveries,
        long missing,
        long twice,
        long refused,
        long connectionsLost,
        BenchReport.Latency toOne,
        BenchReport.Latency toAll) {

    boolean isGood() {
        return sent > 0 && missing == 0 && twice == 0 && refused == 0 && connectionsLost == 0;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "group of %,d, %,d online: sent %,d  delivered %,d  missing %,d  twice %,d%n",
                members,
                online,
                sent,
                deliveries,
                missing,
                twice);
        out.println("send -> each member       " + toOne.text());
        out.println("send -> the last of them  " + toAll.text());
        if (refused > 0 || connectionsLost > 0) {
            out.printf(Locale.ROOT, "refused %,d  connections lost %,d%n", refused, connectionsLost);
        }
        out.flush();
    }
}
