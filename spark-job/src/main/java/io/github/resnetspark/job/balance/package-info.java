/**
 * Decides how rounds are split between fast and slow workers, from the times of earlier rounds. Pure functions, so that
 * a run that is resumed with the same state plans the same rounds.
 *
 * <p>May use {@code job.plan}.
 */
package io.github.resnetspark.job.balance;
