/**
 * Where labelled pictures come from: class folders, the archives of ILSVRC2012, and the binary version of CIFAR-10.
 *
 * <p>The driver lists a source once; tasks then read the pictures they are given. Both go through Hadoop, so a source
 * may be any {@code file:} or {@code hdfs:} URI.
 */
package io.github.resnetspark.source;
