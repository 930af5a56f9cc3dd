package io.github.resnetspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resnetspark.image.Preprocessing.PreprocessingException;
import io.github.resnetspark.message.model.FileReasons;
import io.github.resnetspark.message.model.PreprocessingFailures;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
    private static final Preprocessing USUAL = Preprocessing.of(224, Normalization.IMAGENET);

    @Test
    void theFileDescribesEveryStepInWordsAndNumbers() {
        assertThat(USUAL.toJson())
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "formatVersion" : 1,
                          "decode" : "8-bit RGB; greyscale is repeated, transparency dropped, EXIF rotation not applied",
                          "resizeShortSide" : 256,
                          "resizeLongSide" : "in proportion, rounded down",
                          "resizeMethod" : "triangle filter with antialiasing (Pillow's BILINEAR): rows, then columns, rounded to 8 bits after each",
                          "crop" : "centre, offset (side - cropSize) / 2 rounded half to even",
                          "cropSize" : 224,
                          "divideBy" : 255,
                          "mean" : [ 0.485, 0.456, 0.406 ],
                          "std" : [ 0.229, 0.224, 0.225 ],
                          "channelOrder" : "RGB",
                          "layout" : "NCHW"
                        }
                        """);
    }

    @Test
    void readsBackBitIdenticalValues() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 2000; i++) {
            Preprocessing preprocessing =
                    new Preprocessing(32, 32 + i, new Normalization(floats(random), floats(random)));

            assertThat(Preprocessing.fromJson(preprocessing.toJson(), "p.json")).isEqualTo(preprocessing);
        }
    }

    @ParameterizedTest
    @CsvSource({"224,256", "32,32", "63,63", "64,73", "288,329"})
    void theDefaultShortSideDependsOnTheInput(int input, int shortSide) {
        assertThat(Preprocessing.defaultResize(input)).isEqualTo(shortSide);
    }

    @Test
    void anInputTooLargeForAnArrayHasNoLength() {
        assertThat(Preprocessing.of(2048, Normalization.IMAGENET).inputLength()).isEqualTo(12_582_912);
        assertThatThrownBy(
                        () -> Preprocessing.of(40_000, Normalization.IMAGENET).inputLength())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refusesUnknownAndMissingFieldsAllAtOnce() {
        refuses(
                USUAL.toJson().replace("\"layout\"", "\"arrangement\"").replace("\"mean\"", "\"average\""),
                PreprocessingFailures.fields("p.json", List.of("layout", "mean"), List.of("arrangement", "average")));
    }

    @Test
    void refusesUnsupportedSteps() {
        refuses(
                USUAL.toJson().replace("\"RGB\"", "\"BGR\"").replace(": 255", ": 127"),
                PreprocessingFailures.unsupportedSteps(
                        "p.json",
                        List.of(
                                FileReasons.unsupportedField("divideBy", "127", "255"),
                                FileReasons.unsupportedField("channelOrder", "\"BGR\"", "\"RGB\""))));
    }

    @Test
    void keepsTheResizeMethodOfTheModel() {
        Preprocessing old = new Preprocessing(224, 256, Normalization.IMAGENET, ResizeMethod.OPENCV);

        assertThat(old.toJson())
                .contains("opencv INTER_AREA where both sides shrink, else opencv INTER_LINEAR")
                .contains("centre, offset (side - cropSize) / 2 rounded down");
        assertThat(Preprocessing.fromJson(old.toJson(), "p.json")).isEqualTo(old);
        refuses(
                USUAL.toJson().replace("triangle filter", "guesswork").replaceAll(" \\(Pillow.*each", ""),
                PreprocessingFailures.unsupportedSteps(
                        "p.json",
                        List.of(FileReasons.unsupportedField(
                                "resizeMethod",
                                "\"guesswork with antialiasing\"",
                                "\"" + ResizeMethod.TRIANGLE.resizeText() + "\""))));
    }

    @Test
    void refusesANewerVersion() {
        refuses(
                USUAL.toJson().replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"),
                PreprocessingFailures.newerFormat("p.json", 2, 1));
    }

    @Test
    void refusesInvalidJson() {
        refuses("{\n \"mean\": oops", PreprocessingFailures.notJson("p.json", 2));
        refuses("[1]", PreprocessingFailures.notAnObject("p.json"));
    }

    @Test
    void refusesValuesOutOfRange() {
        refuses(
                USUAL.toJson().replace("0.229", "0.0"),
                PreprocessingFailures.invalidFigures(
                        "p.json",
                        "Mean [0.485, 0.456, 0.406] and std [0.0, 0.224, 0.225] are not on a 0..1 scale with every std"
                                + " above 0. Divide values on a 0..255 scale by 255."));
        assertThatThrownBy(() -> new Preprocessing(224, 200, Normalization.IMAGENET))
                .hasMessage("The evaluation resize is 200 but the centre crop needs at least 224. "
                        + "Set data.evaluation-resize to 256.");
    }

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> Preprocessing.fromJson(json, "p.json"))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage(message);
    }

    private static float[] floats(SplittableRandom random) {
        return new float[] {value(random), value(random), value(random)};
    }

    private static float value(SplittableRandom random) {
        return Math.max(Float.MIN_NORMAL, (float) random.nextDouble());
    }

    @Test
    void anotherInputSizeKeepsTheProportionOfTheCrop() {
        Preprocessing usual = Preprocessing.of(224, Normalization.of(List.of(0.5, 0.5, 0.5), List.of(1.0, 1.0, 1.0)));

        assertThat(usual.withInputSize(112)).isEqualTo(new Preprocessing(112, 128, usual.normalization()));
        assertThat(usual.withInputSize(224)).isEqualTo(usual);
        assertThat(usual.withInputSize(1).resizeShortSide()).isEqualTo(1);
    }
}
