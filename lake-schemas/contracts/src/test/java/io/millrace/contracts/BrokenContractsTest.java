package io.millrace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenContractsTest {

    private static final String GOOD = """
            table: silver.thing
            about: A thing.
            shape: keyed
            key: [thing_code]
            columns:
              thing_code: {type: string, required: true, about: Its code}
              size: {type: int, about: Its size}
            """;

    @Test
    void aGoodContractIsTaken() {
        TableContract thing = ContractCatalog.of(Map.of("thing.yaml", GOOD)).get("silver.thing");
        assertThat(thing.database()).isEqualTo("silver");
        assertThat(thing.table()).isEqualTo("thing");
        assertThat(thing.shape()).isEqualTo(Shape.KEYED);
        assertThat(thing.ownColumns()).extracting(ColumnContract::name).containsExactly("thing_code", "size");
    }

    @Test
    void everyProblemOfEveryFileIsReportedAtOnceWithFileAndLine() {
        String broken = """
                table: silver.broken
                about: Much is wrong with it.
                shape: keyed
                key: [thing_cod]
                event-tme: size
                columns:
                  thing_code: {type: strng, required: true, about: Its code}
                  size: {type: "decimal(39,2)", about: Its size}
                  1st: {type: int, about: Not an identifier}
                  source: {type: string, about: Added by Millrace itself}
                rules:
                  - {rule: range, column: siz, min: 0}
                  - {rule: range, column: size}
                  - {rule: refers-to, column: size, table: silver.thng}
                  - {rule: refers-to, name: to_a_thing, column: size, table: silver.thing}
                  - {rule: expression, sql: size > 0}
                """;
        String again = GOOD.replace("A thing.", "The same thing.");
        assertThatThrownBy(() -> ContractCatalog.of(new java.util.TreeMap<>(
                        Map.of("broken.yaml", broken, "thing.yaml", GOOD, "thing2.yaml", again))))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.CONFIGURATION))
                .hasMessageContainingAll(
                        "broken.yaml:5: unknown key 'event-tme' (did you mean 'event-time'?)",
                        "broken.yaml:4: key names the unknown column 'thing_cod' (did you mean 'thing_code'?)",
                        "broken.yaml:7: column 'thing_code' has the unknown type 'strng' (did you mean 'string'?)",
                        "broken.yaml:8: column 'size' has the unknown type 'decimal(39,2)'",
                        "broken.yaml:9: column '1st' is not an identifier",
                        "broken.yaml:10: column 'source' is one that Millrace adds by itself",
                        "broken.yaml:12: rule range names the unknown column 'siz' (did you mean 'size'?)",
                        "broken.yaml:13: rule range needs min or max",
                        "broken.yaml:14: rule size_refers_to refers to the unknown table 'silver.thng'"
                                + " (did you mean 'silver.thing'?)",
                        "broken.yaml:15: rule to_a_thing refers to silver.thing, whose key is [thing_code] and not [size]",
                        "broken.yaml:16: rule expression needs a name and sql",
                        "thing2.yaml:1: silver.thing is also described by thing.yaml:1");
    }

    @Test
    void whatIsPublishedIsGoldAndHasTypesThatEveryDatabaseHas() {
        String published = """
                staging:
                  batch: pan
                  columns:
                    thing_code: text
                    colour: text(10)
                """;
        refused(GOOD + published, "'pan' is not one of plan, log");
        refused(
                GOOD + published.replace("pan", "plan"),
                "thing.yaml:8: what is published is a table of gold that says decision_id",
                "thing.yaml:11: column 'thing_code' is published as 'text', which is none of text(n)",
                "thing.yaml:12: staging names the unknown column 'colour'");
    }

    @Test
    void aMissingKeyNamesItsPath() {
        refused(GOOD.replace("about: A thing.\n", ""), "thing.yaml:1: about: is missing");
        refused(GOOD.replace(", about: Its size", ""), "thing.yaml:7: columns.size.about: is missing");
    }

    @Test
    void aValueOfTheWrongKindNamesWhatIsAccepted() {
        refused(GOOD.replace("keyed", "keyd"), "thing.yaml:3: shape: 'keyd' is not one of history, keyed, dated, log");
        refused(
                GOOD.replace("required: true", "required: yes please"),
                "thing.yaml:6: columns.thing_code.required: 'yes please' is not true or false");
    }

    @Test
    void aKeyGivenTwiceIsAProblemWhereItIsGivenAgain() {
        refused(GOOD + "shape: log\n", "thing.yaml:8: 'shape' is given twice");
    }

    @Test
    void textThatIsNoYamlIsAProblemAndNotAStackTrace() {
        refused("table: [silver.thing\n", "is not YAML");
    }

    @Test
    void onlyALogMayGoWithoutAKey() {
        refused(GOOD.replace("[thing_code]", "[]"), "thing.yaml:4: a table of shape KEYED needs a key");
        String log = GOOD.replace("key: [thing_code]\n", "").replace("keyed", "log");
        assertThat(ContractCatalog.of(Map.of("thing.yaml", log)).all()).hasSize(1);
    }

    @Test
    void aTableBelongsToAKnownDatabase() {
        refused(GOOD.replace("silver.thing", "brass.thing"), "thing.yaml:1: table 'brass.thing' must be named");
        refused(GOOD.replace("silver.thing", "thing"), "thing.yaml:1: table 'thing' must be named");
    }

    /** A rule that nobody checks is a promise that nobody keeps. */
    @Test
    void aRuleThatIsCheckedNowhereIsRefused() {
        String gold = GOOD.replace("silver.thing", "gold.thing");
        refused(
                gold + "rules:\n  - {rule: unique, column: size, severity: refuse}\n",
                "rule unique is checked where rows are taken in");
        refused(
                gold + "rules:\n  - {rule: range, column: size, min: 0, severity: warn}\n",
                "a rule of gold.thing refuses");
    }

    @Test
    void twoRulesOfOneNameCouldNotBeToldApart() {
        String twice =
                GOOD + "rules:\n  - {rule: range, column: size, min: 0}\n  - {rule: range, column: size, max: 9}\n";
        String asRequired = GOOD + "rules:\n  - {rule: range, name: thing_code_complete, column: size, min: 0}\n";
        refused(asRequired, "thing.yaml:9: rule 'thing_code_complete' has the name of the one at thing.yaml:6");
        refused(twice, "thing.yaml:10: rule 'size_range' has the name of the one at thing.yaml:9");
    }

    private static void refused(String contract, String... parts) {
        assertThatThrownBy(() -> ContractCatalog.of(Map.of("thing.yaml", contract)))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(parts);
    }
}
