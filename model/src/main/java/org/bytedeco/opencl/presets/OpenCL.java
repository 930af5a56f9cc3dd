package org.bytedeco.opencl.presets;

/**
 * Replaces JavaCPP's OpenCL presets, from which oneDNN's presets inherit. The real class makes JavaCPP load OpenCL's library first,
 * which machines without a graphics card do not have.
 */
public class OpenCL {}
