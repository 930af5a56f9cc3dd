/**
 * Handles texts from untrusted sources: shows them on one line and shortened, parses them as locations, and checks them as class
 * names.
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.text;
