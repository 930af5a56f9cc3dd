/** Contains one class that DL4J M2.1 looks up by name and that ND4J M2.1 no longer has in this package. */
package org.nd4j.nativeblas;
