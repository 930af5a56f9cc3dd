/**
 * Everything that this module tells users at run time, by subject: {@code …Failures} are whole error messages, {@code …Notices}
 * log lines and warnings, {@code …Reasons} the parts that other messages embed. A message is a method that is named for the
 * fact and takes plain values. Rewording one is a change in one place, and tests call the method instead of repeating the text.
 *
 * <p>Not here: help texts, which are annotations of the commands, descriptions of settings, which are in their declarations,
 * tables and reports, and exceptions for mistakes of the programmer.
 *
 * <p>May use {@code text}.
 */
package io.github.resnetspark.message.job;
