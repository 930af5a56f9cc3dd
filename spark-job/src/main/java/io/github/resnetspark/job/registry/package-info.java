/** Model directories on any Hadoop file system. A model is there whole or not at all, and is never overwritten. */
package io.github.resnetspark.job.registry;
