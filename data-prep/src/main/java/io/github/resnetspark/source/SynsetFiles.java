package io.github.resnetspark.source;

import java.io.Serializable;

/**
 * The text files that say what ImageNet's synsets (such as {@code n01440764}) mean; each a URI of any Hadoop file system or a
 * local path, or empty. For ILSVRC2012's archives a file of the usual name that lies beside them needs no mention.
 *
 * @param order the synsets in the order of their class numbers, one per line
 * @param names a synset and its name per line: {@code n01440764 tench, Tinca tinca}
 * @param groundTruth the class of validation picture 1, 2, ..., one per line, as synset or as the development kit's number
 * @param ids the development kit's number and the synset per line: {@code 1 n02119789}
 */
public record SynsetFiles(String order, String names, String groundTruth, String ids) implements Serializable {
    /** No file is given. */
    public static final SynsetFiles NONE = new SynsetFiles("", "", "", "");
}
