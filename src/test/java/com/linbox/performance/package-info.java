/**
 * What LINBOX costs on one machine: a whole cluster, each part a process of its own, under the load generator, beside what its
 * engines alone can do in the same run. It writes the table of src/docs/performance.md.
 *
 * <p>Starting points: {@code PerformanceTable} runs it all, {@code Budget} has what is promised, {@code EngineLimits} measures the
 * engines alone, {@code MeasuredCluster} is what is measured.
 */
package com.linbox.performance;
