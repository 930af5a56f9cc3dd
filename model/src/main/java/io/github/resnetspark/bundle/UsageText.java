package io.github.resnetspark.bundle;

import io.github.resnetspark.image.Preprocessing;
import io.github.resnetspark.image.ResizeMethod;
import io.github.resnetspark.onnx.OnnxOptions;
import io.github.resnetspark.onnx.OnnxOptions.InputForm;
import io.github.resnetspark.onnx.OnnxOptions.OutputForm;
import java.util.Locale;
import java.util.Optional;

/** How to use a model, as Markdown with code that runs as it is. */
final class UsageText {
    private final Preprocessing preprocessing;
    private final StringBuilder text = new StringBuilder();

    private UsageText(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
    }

    /** @param onnx the form of {@code model.onnx}; empty if the directory has no such file */
    static String of(Preprocessing preprocessing, Optional<OnnxOptions> onnx) {
        UsageText usage = new UsageText(preprocessing);
        usage.commandLine();
        usage.preprocessing();
        onnx.ifPresent(usage::onnx);
        usage.java();
        usage.torch();
        return usage.text.toString();
    }

    private void commandLine() {
        text.append(
                """
                On the command line:

                ```
                resnet-spark predict --model file:/path/to/this/directory picture.jpg
                ```

                """);
    }

    private void preprocessing() {
        text.append(String.format(
                Locale.ROOT,
                """
                Every other program must preprocess pictures exactly as `preprocessing.json` says: scale the short side to %1$d
                pixels, crop the centre to %2$d × %2$d, normalise. Other preprocessing lowers the accuracy without a warning.

                """,
                preprocessing.resizeShortSide(),
                preprocessing.inputSize()));
    }

    private void onnx(OnnxOptions options) {
        if (preprocessing.resizeMethod() != ResizeMethod.TRIANGLE) {
            text.append(
                    """
                    `model.onnx` runs in ONNX Runtime. This model scales pictures with OpenCV's filters, not with Pillow's.

                    """);
            return;
        }
        text.append(
                """
                `model.onnx` in Python, with ONNX Runtime and Pillow:

                ```python
                import json
                import numpy
                import onnxruntime
                from PIL import Image

                steps = json.load(open("preprocessing.json"))
                labels = open("labels.txt", encoding="utf-8").read().rstrip("\\n").split("\\n")

                picture = Image.open("picture.jpg").convert("RGB")
                short, crop = steps["resizeShortSide"], steps["cropSize"]
                width, height = picture.size
                side = min(width, height)
                picture = picture.resize((short * width // side, short * height // side), Image.BILINEAR)
                left, top = (round((length - crop) / 2) for length in picture.size)
                picture = picture.crop((left, top, left + crop, top + crop))
                """);
        String input = input(options.input());
        String output = options.output() == OutputForm.LOGITS ? "logits" : "probabilities";
        text.append(String.format(
                Locale.ROOT,
                """

                session = onnxruntime.InferenceSession("model.onnx")
                (%1$s,) = session.run(["%1$s"], {"%2$s": values})
                best = %1$s[0].argmax()
                print(labels[best], %1$s[0][best])
                ```

                """,
                output,
                input));
    }

    /** Adds how a picture becomes the input, and returns the input's name. */
    private String input(InputForm form) {
        return switch (form) {
            case NORMALIZED -> {
                text.append(
                        """
                        values = (numpy.asarray(picture) / 255 - steps["mean"]) / steps["std"]
                        values = values.astype(numpy.float32).transpose(2, 0, 1)[numpy.newaxis]
                        """);
                yield "input";
            }
            case PICTURES -> {
                text.append("values = numpy.asarray(picture)[numpy.newaxis]\n");
                yield "pictures";
            }
        };
    }

    private void java() {
        text.append(String.format(
                Locale.ROOT,
                """
                `model.dl4j.zip` in Java, with Deeplearning4j:

                ```java
                ComputationGraph network = ModelSerializer.restoreComputationGraph(new File("model.dl4j.zip"));
                INDArray probabilities = network.outputSingle(pictures); // [N, 3, %1$d, %1$d], float32, preprocessed
                ```

                """,
                preprocessing.inputSize()));
    }

    private void torch() {
        text.append(
                """
                `model.safetensors` has the same weights for PyTorch: `safetensors.torch.load_file("model.safetensors")`. The names
                of the tensors are those of the public PyTorch networks of this family.
                """);
    }
}
