/**
 * Everything that this module tells a user at run time, in one place: one class per subject, one method per message. Classes whose
 * names end in {@code Failures} contain whole error messages: what happened, the value, and what to do. Those in {@code Notices}
 * contain sentences for logs and reports. Those in {@code Reasons} contain fragments that other messages embed.
 *
 * <p>The methods take plain values and escape names from outside, so callers need not. Tests compare with the methods instead of
 * repeating the text.
 *
 * <p>May use {@code text}.
 */
package io.github.resnetspark.message.model;
