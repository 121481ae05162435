package com.linbox.console;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Percentiles of what a timer has measured since the last time it was asked, worked out of its histogram as Prometheus does it ({@code
 * histogram_quantile}): straight between the boundaries of the bucket in which the percentile lies, and the greatest boundary where it
 * lies beyond. Not thread-safe.
 */
final class Quantiles {

    private double[] before = new double[0];
    private double countBefore;
    private double[] boundaries = new double[0];
    private double[] within = new double[0];
    private double count;

    /** @param timers with the same boundaries, taken as one */
    void measure(List<Timer> timers) {
        double[] now = new double[0];
        double countNow = 0;
        for (Timer timer : timers) {
            HistogramSnapshot snapshot = timer.takeSnapshot();
            CountAtBucket[] buckets = snapshot.histogramCounts();
            if (now.length < buckets.length) {
                now = Arrays.copyOf(now, buckets.length);
                boundaries = new double[buckets.length];
            }
            for (int i = 0; i < buckets.length; i++) {
                boundaries[i] = buckets[i].bucket(TimeUnit.MICROSECONDS) / 1e6;
                now[i] += buckets[i].count();
            }
            countNow += snapshot.count();
        }
        within = new double[now.length];
        for (int i = 0; i < now.length; i++) {
            within[i] = Math.max(0, now[i] - (i < before.length ? before[i] : 0));
        }
        count = Math.max(0, countNow - countBefore);
        before = now;
        countBefore = countNow;
    }

    /**
     * In seconds; NaN where nothing was measured.
     *
     * @param share such as 0.99
     */
    double quantile(double share) {
        if (count <= 0 || within.length == 0) {
            return Double.NaN;
        }
        double rank = share * count;
        for (int i = 0; i < within.length; i++) {
            if (within[i] >= rank) {
                double lower = i == 0 ? 0 : boundaries[i - 1];
                double below = i == 0 ? 0 : within[i - 1];
                double inBucket = within[i] - below;
                return inBucket <= 0 ? boundaries[i] : lower + (boundaries[i] - lower) * (rank - below) / inBucket;
            }
        }
        return boundaries[boundaries.length - 1];
    }

    /** How many were measured. */
    double count() {
        return count;
    }
}
