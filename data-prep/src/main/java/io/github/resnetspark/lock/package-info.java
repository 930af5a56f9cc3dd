/**
 * A lock for jobs on different machines: a file on the storage that they share. It is a lease. An owner that stands still for
 * half a minute on another machine counts as dead; whoever holds a lock therefore asks it once more before each step that
 * others can see.
 */
package io.github.resnetspark.lock;
