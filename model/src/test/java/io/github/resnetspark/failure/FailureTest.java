package io.github.resnetspark.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.network.ResNetSpec;
import io.github.resnetspark.network.SpecException;
import io.github.resnetspark.recipe.RecipeException;
import io.github.resnetspark.recipe.RecipeFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void aMessageBecomesOneProblemWithAFullStop() {
        assertThat(new FailureException(Kind.DATA, "x is damaged ").problems())
                .containsExactly(new Problem("", "x is damaged."));
        assertThat(new FailureException(Kind.DATA, "Did you mean y?").sentences())
                .containsExactly("Did you mean y?");
    }

    @Test
    void aBlankMessageHasNoProblems() {
        assertThat(new FailureException(Kind.DATA, " ").problems()).isEmpty();
        assertThat(new FailureException(Kind.DATA, null).problems()).isEmpty();
    }

    @Test
    void theProblemsOfANetworkNameTheKeysOfARecipe() {
        SpecException exception = catchThrowableOfType(SpecException.class, () -> ResNetSpec.imageNet(51, 0));

        assertThat(exception.problems()).extracting(Problem::key).containsExactly("depth", "classes");
        assertThat(exception).hasMessage(String.join(System.lineSeparator(), exception.sentences()));
    }

    @Test
    void failuresKeepKindAndProblemsAcrossSpark() throws IOException, ClassNotFoundException {
        RecipeException recipe =
                catchThrowableOfType(RecipeException.class, () -> RecipeFile.withoutFile(List.of("trian.epochs=2"))
                        .finish());
        FailureException failure = new FailureException(Kind.INTERRUPTED, "Stopped. Run it again.", recipe);

        FailureException back = overSpark(failure);

        assertThat(back.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(back).hasMessage("Stopped. Run it again.");
        assertThat(((Failure) back.getCause()).problems()).isEqualTo(recipe.problems());
        assertThat(((Failure) back.getCause()).kind()).isEqualTo(Kind.USAGE);
    }

    private static FailureException overSpark(FailureException thrown) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (FailureException) in.readObject();
        }
    }
}
