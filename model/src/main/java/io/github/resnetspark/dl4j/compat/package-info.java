/**
 * All workarounds for released libraries: reflection into Deeplearning4j, and classes in other projects' packages, where those
 * projects look for them. Each says when it can be removed.
 *
 * <ul>
 *   <li>{@link io.github.resnetspark.dl4j.compat.LayerHelpers} switches DL4J's layer helpers on and off with the system property
 *       that layers check, and sets helpers by reflection, because M2.1 has a fixed list of them. Remove it when a release of
 *       DL4J enables its helpers by default and accepts others through a method.
 *   <li>{@link org.nd4j.nativeblas.Nd4jCpu}: DL4J M2.1 looks for this class of ND4J in its former package, and disables all of its
 *       helpers if it is missing. Remove it when a release of DL4J looks in the new package.
 *   <li>{@link org.bytedeco.opencl.presets.OpenCL}: oneDNN's presets for JavaCPP inherit from it. The real class loads OpenCL's
 *       library, which machines without a graphics card lack. Remove it when oneDNN's presets for the CPU no longer refer to it.
 * </ul>
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.dl4j.compat;
