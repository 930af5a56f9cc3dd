/**
 * Web pages: the frame that all pages share, with their style, and tables. Text is escaped by j2html.
 *
 * <p>May use nothing.
 */
package io.github.resnetspark.page;
