/**
 * Everything that this module tells users at run time, so that a message can be reworded in one place and tests can refer to it.
 * One class per subject and kind: {@code …Failures} are whole error messages (what happened and what to do), {@code …Notices} are
 * log lines and warnings, {@code …Reasons} are fragments that other messages embed.
 *
 * <p>Messages quote names and values from outside with single quotes and escape them. All methods are pure and thread-safe.
 *
 * <p>May use {@code text}.
 */
package io.github.resnetspark.message.data;
