package io.github.resnetspark.source;

import java.io.Serializable;

/**
 * A file in a tar archive that is not unpacked.
 *
 * @param name as the archive has it, without a leading {@code ./}
 * @param offset where in the archive's file its bytes begin
 * @param bytes how many there are
 */
record TarMember(String name, long offset, long bytes) implements Serializable {}
