package io.github.resnetspark.image;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads OpenCV's natives once, with no threads of its own: the threads that decode are the callers'. */
final class OpenCv {
    static {
        // Under the class lock, so that first use from many threads at once is safe.
        Loader.load(opencv_imgproc.class);
        Loader.load(opencv_imgcodecs.class);
        opencv_core.setNumThreads(0);
    }

    private OpenCv() {}

    /** Returns once the natives are loaded. */
    static void load() {}
}
