/** Holds one class that oneDNN's presets name and that nothing here uses. */
package org.bytedeco.opencl.presets;
