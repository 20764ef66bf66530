// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pbxha.agent.config.yaml.YamlNode.Entry;
import org.pbxha.agent.config.yaml.YamlNode.Mapping;
import org.pbxha.agent.config.yaml.YamlNode.Scalar;
import org.pbxha.agent.config.yaml.YamlNode.Sequence;

class StrictYamlTest {

    @Test
    void keepsTheSpellingAndTheLineOfEachValue() {
        Mapping root = clean("# head\na: 007\nb:\n  c: off\n  d: 1:30\n");

        assertThat(root.entries()).containsEntry("a", new Entry(2, new Scalar(2, "007")));
        assertThat(mapping(root, "b").entries())
                .containsEntry("c", new Entry(4, new Scalar(4, "off")))
                .containsEntry("d", new Entry(5, new Scalar(5, "1:30")));
    }

    @Test
    void tellsNothingFromAnEmptyText() {
        Mapping root = clean("a:\nb: ''\nc: ~\n");

        assertThat(root.entries())
                .containsEntry("a", new Entry(1, new Scalar(1, null)))
                .containsEntry("b", new Entry(2, new Scalar(2, "")))
                .containsEntry("c", new Entry(3, new Scalar(3, null)));
    }

    @Test
    void readsListsInBothForms() {
        Mapping root = clean("a: [x, 'y']\nb:\n  - x\n  - y\n");

        assertThat(root.entries().values())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(((Sequence) entry.value()).items())
                        .extracting(item -> ((Scalar) item).text())
                        .containsExactly("x", "y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "---\n", "\n\n"})
    void readsAnEmptyFileAsNoKeys(String text) {
        assertThat(clean(text).entries()).isEmpty();
    }

    @Test
    void reportsEveryKeyGivenTwiceWithBothLines() {
        StrictYaml.Document document = StrictYaml.read("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n");

        assertThat(document.problems())
                .extracting(p -> p.line() + " " + p.key() + " " + p.reason())
                .containsExactly("4 b.c given twice, first on line 3", "5 a given twice, first on line 1");
    }

    @Test
    void refusesAnchorsAliasesAndTags() {
        StrictYaml.Document document = StrictYaml.read("a: &x 1\nb: *x\nc: !!str 3\nd: {e: &y [1]}\n");

        assertThat(document.problems())
                .extracting(p -> p.line() + " " + p.key() + " " + p.reason())
                .containsExactly(
                        "1 a an anchor (&name) is not allowed here",
                        "2 b an alias (*name) is not allowed here",
                        "3 c a tag (!name) is not allowed here",
                        "4 d.e an anchor (&name) is not allowed here");
    }

    @Test
    void doesNotUnfoldAnAliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }

        StrictYaml.Document document = StrictYaml.read(bomb.toString());

        assertThat(document.problems()).hasSize(40 + 2 * 39);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [1, 2\n", "a:\n\tb: 1\n", "a: 'x\n", "a: b: c\n", "a: @x\n"})
    void saysWhereAFileIsNotYaml(String text) {
        StrictYaml.Document document = StrictYaml.read(text);

        assertThat(document.problems()).hasSize(1);
        assertThat(document.problems().get(0).reason()).startsWith("not readable as YAML: ");
        assertThat(document.problems().get(0).line()).isPositive();
    }

    @Test
    void refusesMoreDepthThanAnyOptionNeeds() {
        StrictYaml.Document document = StrictYaml.read("a: " + "[".repeat(10_000));

        assertThat(document.problems()).hasSize(1);
    }

    @Test
    void refusesAKeyThatIsNotAWord() {
        assertThat(StrictYaml.read("a:\n  ? [x]\n  : y\n").problems())
                .extracting(p -> p.line() + " " + p.key() + " " + p.reason())
                .containsExactly("2 a expected a key, found a list");
    }

    @Test
    void refusesASecondDocument() {
        StrictYaml.Document document = StrictYaml.read("a: 1\n---\na: 2\n");

        assertThat(document.problems())
                .extracting(YamlProblem::reason)
                .containsExactly("a second document starts here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text\n", "- a\n- b\n"})
    void refusesAFileWithoutKeys(String text) {
        assertThat(StrictYaml.read(text).problems())
                .extracting(YamlProblem::reason)
                .singleElement()
                .asString()
                .startsWith("expected sections");
    }

    private static Mapping mapping(Mapping outer, String key) {
        return (Mapping) Objects.requireNonNull(outer.entries().get(key)).value();
    }

    private static Mapping clean(String text) {
        StrictYaml.Document document = StrictYaml.read(text);
        assertThat(document.problems()).isEmpty();
        return document.root();
    }
}
