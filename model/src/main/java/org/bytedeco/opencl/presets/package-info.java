/** Contains one class that oneDNN's presets refer to and that nothing here uses. */
package org.bytedeco.opencl.presets;
