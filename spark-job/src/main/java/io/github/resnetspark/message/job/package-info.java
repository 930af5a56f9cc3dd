/**
 * All messages that this module shows to users at run time, grouped by subject: {@code …Failures} contain whole error messages,
 * {@code …Notices} log lines and warnings, and {@code …Reasons} fragments that other messages embed. Each message is a method
 * that is named for the fact and takes plain values. So each text is in one place, and tests call the method instead of
 * repeating the text.
 *
 * <p>The texts of help, descriptions of settings, and exceptions for programming errors are where they belong in the code;
 * so are the labels of tables and reports.
 *
 * <p>May use {@code text}.
 */
package io.github.resnetspark.message.job;
