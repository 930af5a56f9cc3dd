/**
 * What bends the released libraries into shape: reflection into Deeplearning4j, and classes that stand in other projects'
 * packages because those projects look for them there. All of it, and nothing else; each with the day on which it can go.
 *
 * <ul>
 *   <li>{@link io.github.resnetspark.dl4j.compat.LayerHelpers}: switches DL4J's layer helpers on and off by the system property
 *       that layers ask for, and puts helpers into layers by reflection, as M2.1 has a closed list of them. It can go once a
 *       release of DL4J ships its helpers switched on and takes others through a method.
 *   <li>{@link org.nd4j.nativeblas.Nd4jCpu}: DL4J M2.1 looks for ND4J's class at the place where it stood before it moved, and
 *       switches all its helpers off where it finds none. It can go with a release of DL4J that looks in the new place.
 *   <li>{@link org.bytedeco.opencl.presets.OpenCL}: oneDNN's presets for JavaCPP inherit from it, and the real one would load
 *       OpenCL's library, which machines without a graphics card lack. It can go once oneDNN's presets for the CPU name it no
 *       more.
 * </ul>
 *
 * <p>May use no other package of this project.
 */
package io.github.resnetspark.dl4j.compat;
