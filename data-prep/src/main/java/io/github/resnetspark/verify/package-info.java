/** The job that re-reads shards and holds them against their manifest; it changes nothing. */
package io.github.resnetspark.verify;
