package io.github.resnetspark.source;

import java.io.Serializable;

/**
 * The archive of one synset.
 *
 * @param synset whose pictures it has
 * @param file it is in, or is
 * @param place of its bytes in that file
 */
record SynsetArchive(String synset, String file, TarMember place) implements Serializable {}
