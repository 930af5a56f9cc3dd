/**
 * Layer helpers for any backend: convolution, batch normalisation and pooling as single operations of ND4J's, which its native
 * library passes on to cuDNN where it was built with it. DL4J M2.1 itself has such helpers for the CPU only; without them a
 * GPU unrolls every convolution into a matrix. Arrays are NCHW.
 */
package io.github.resnetspark.accel.ops;
