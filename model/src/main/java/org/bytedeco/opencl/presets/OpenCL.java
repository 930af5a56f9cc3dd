package org.bytedeco.opencl.presets;

/**
 * Stands where JavaCPP's OpenCL presets would stand. oneDNN's presets inherit from a class of this name; the real one has
 * JavaCPP load OpenCL's own library first, which machines without a graphics card do not have.
 */
public class OpenCL {}
