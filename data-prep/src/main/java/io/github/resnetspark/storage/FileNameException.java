package io.github.resnetspark.storage;

/**
 * Names of local files that this process cannot read or write, since its locale has no such letters or the names are not in the
 * locale's encoding. The message is a sentence on them and one on what to do.
 */
public final class FileNameException extends StorageException {
    private static final long serialVersionUID = 1L;

    FileNameException(String message) {
        super(message);
    }
}
