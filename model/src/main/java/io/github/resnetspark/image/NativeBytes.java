package io.github.resnetspark.image;

import org.bytedeco.javacpp.BytePointer;

/** Native memory that grows to the largest size that was asked for, and is kept until closed. */
final class NativeBytes implements AutoCloseable {
    private BytePointer bytes = new BytePointer();

    /** At least so many bytes, of which what was in them before is lost. */
    BytePointer ofSize(long size) {
        if (bytes.capacity() < size) {
            bytes.close();
            // Half as much again, so that pictures of slowly growing sizes do not allocate one by one.
            bytes = new BytePointer(size + size / 2);
        }
        return bytes;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
