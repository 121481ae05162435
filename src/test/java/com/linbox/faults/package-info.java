/**
 * Proof by trying: a real cluster under load to which everything happens that may happen to one, and a checker that holds what
 * clients were told against what is stored.
 *
 * <p>Starting points: {@code FaultHarness} runs it, {@code Fault} says what can happen, {@code Checker} what must not.
 */
package com.linbox.faults;
