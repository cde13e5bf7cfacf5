package io.millrace.nightly.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.models.churn.ChurnFit;
import io.millrace.models.churn.ChurnModel;
import io.millrace.models.churn.ChurnTrainer;
import io.millrace.models.churn.InProcess;
import io.millrace.models.churn.ModelKind;
import io.millrace.models.churn.TrainingSet;
import io.millrace.models.metrics.PlattCalibration;
import io.millrace.models.metrics.ProbabilityScore;
import io.millrace.models.metrics.Ranking;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is fitted, calibrated, explained and kept, without Spark. */
class ChurnModelTest {

    /** A model as format 1 kept it: two features, a logistic regression and two trees. */
    private static final String KEPT = """
            TUxSQ0hVUk4AAAABAAAAAgARcmVjZW5jeV9vdmVyX21lYW4ADW1vbmV0YXJ5XzM2NWQ/0AAAAAAAAAAAAAK/9AAAAAAAAD/AAAAAAAAAAAAA
            AgBMAAAAAgAAAAAAAkASZmZmZmZmQFcgAAAAAAAAAAAEQBMS8an7521AV6UeuFHrhQAAAAAAAAAAP8hR64UeuFAAAAAEQAcuQdnsyP9AST8Z
            /dinyQAAAAAAAAAAP9kbdUE0R1AAAAADQAeV/KQNGgo/2Jgf+hGK2r+1zg5CSDbnv/Paymp5bsIAVAAACLR7TAAAAAAAAAAHbGVhcm5lcntM
            AAAAAAAAAAphdHRyaWJ1dGVze31MAAAAAAAAAA1mZWF0dXJlX25hbWVzWyNMAAAAAAAAAABMAAAAAAAAAA1mZWF0dXJlX3R5cGVzWyNMAAAA
            AAAAAABMAAAAAAAAABBncmFkaWVudF9ib29zdGVye0wAAAAAAAAABW1vZGVse0wAAAAAAAAAEmdidHJlZV9tb2RlbF9wYXJhbXtMAAAAAAAA
            ABFudW1fcGFyYWxsZWxfdHJlZVNMAAAAAAAAAAExTAAAAAAAAAAJbnVtX3RyZWVzU0wAAAAAAAAAATJ9TAAAAAAAAAAQaXRlcmF0aW9uX2lu
            ZHB0clsjTAAAAAAAAAADaQBpAWkCTAAAAAAAAAAJdHJlZV9pbmZvWyNMAAAAAAAAAAJpAGkATAAAAAAAAAAFdHJlZXNbI0wAAAAAAAAAAntM
            AAAAAAAAAAxiYXNlX3dlaWdodHNbJGQjTAAAAAAAAAADvcaS/7xfu9I82O5XTAAAAAAAAAAKY2F0ZWdvcmllc1skbCNMAAAAAAAAAABMAAAA
            AAAAABBjYXRlZ29yaWVzX25vZGVzWyRsI0wAAAAAAAAAAEwAAAAAAAAAE2NhdGVnb3JpZXNfc2VnbWVudHNbJEwjTAAAAAAAAAAATAAAAAAA
            AAAQY2F0ZWdvcmllc19zaXplc1skTCNMAAAAAAAAAABMAAAAAAAAAAxkZWZhdWx0X2xlZnRbJFUjTAAAAAAAAAADAQAATAAAAAAAAAACaWRp
            AEwAAAAAAAAADWxlZnRfY2hpbGRyZW5bJGwjTAAAAAAAAAADAAAAAf//////////TAAAAAAAAAAMbG9zc19jaGFuZ2VzWyRkI0wAAAAAAAAA
            A0EPgWIAAAAAAAAAAEwAAAAAAAAAB3BhcmVudHNbJGwjTAAAAAAAAAADf////wAAAAAAAAAATAAAAAAAAAAOcmlnaHRfY2hpbGRyZW5bJGwj
            TAAAAAAAAAADAAAAAv//////////TAAAAAAAAAAQc3BsaXRfY29uZGl0aW9uc1skZCNMAAAAAAAAAANDDgAAvF+70jzY7ldMAAAAAAAAAA1z
            cGxpdF9pbmRpY2VzWyRsI0wAAAAAAAAAAwAAAAEAAAAAAAAAAEwAAAAAAAAACnNwbGl0X3R5cGVbJFUjTAAAAAAAAAADAAAATAAAAAAAAAAL
            c3VtX2hlc3NpYW5bJGQjTAAAAAAAAAADQplIAEJy0ABBfwAATAAAAAAAAAAKdHJlZV9wYXJhbXtMAAAAAAAAAAtudW1fZGVsZXRlZFNMAAAA
            AAAAAAEwTAAAAAAAAAALbnVtX2ZlYXR1cmVTTAAAAAAAAAABMkwAAAAAAAAACW51bV9ub2Rlc1NMAAAAAAAAAAEzTAAAAAAAAAAQc2l6ZV9s
            ZWFmX3ZlY3RvclNMAAAAAAAAAAExfX17TAAAAAAAAAAMYmFzZV93ZWlnaHRzWyRkI0wAAAAAAAAAAz0aU3O9UwcaPcuQE0wAAAAAAAAACmNh
            dGVnb3JpZXNbJGwjTAAAAAAAAAAATAAAAAAAAAAQY2F0ZWdvcmllc19ub2Rlc1skbCNMAAAAAAAAAABMAAAAAAAAABNjYXRlZ29yaWVzX3Nl
            Z21lbnRzWyRMI0wAAAAAAAAAAEwAAAAAAAAAEGNhdGVnb3JpZXNfc2l6ZXNbJEwjTAAAAAAAAAAATAAAAAAAAAAMZGVmYXVsdF9sZWZ0WyRV
            I0wAAAAAAAAAAwAAAEwAAAAAAAAAAmlkaQFMAAAAAAAAAA1sZWZ0X2NoaWxkcmVuWyRsI0wAAAAAAAAAAwAAAAH//////////0wAAAAAAAAA
            DGxvc3NfY2hhbmdlc1skZCNMAAAAAAAAAANDJjTsAAAAAAAAAABMAAAAAAAAAAdwYXJlbnRzWyRsI0wAAAAAAAAAA3////8AAAAAAAAAAEwA
            AAAAAAAADnJpZ2h0X2NoaWxkcmVuWyRsI0wAAAAAAAAAAwAAAAL//////////0wAAAAAAAAAEHNwbGl0X2NvbmRpdGlvbnNbJGQjTAAAAAAA
            AAADQMmZmr1TBxo9y5ATTAAAAAAAAAANc3BsaXRfaW5kaWNlc1skbCNMAAAAAAAAAAMAAAAAAAAAAAAAAABMAAAAAAAAAApzcGxpdF90eXBl
            WyRVI0wAAAAAAAAAAwAAAEwAAAAAAAAAC3N1bV9oZXNzaWFuWyRkI0wAAAAAAAAAA0KXpgxCRmiLQdHHHEwAAAAAAAAACnRyZWVfcGFyYW17
            TAAAAAAAAAALbnVtX2RlbGV0ZWRTTAAAAAAAAAABMEwAAAAAAAAAC251bV9mZWF0dXJlU0wAAAAAAAAAATJMAAAAAAAAAAludW1fbm9kZXNT
            TAAAAAAAAAABM0wAAAAAAAAAEHNpemVfbGVhZl92ZWN0b3JTTAAAAAAAAAABMX19fUwAAAAAAAAABG5hbWVTTAAAAAAAAAAGZ2J0cmVlfUwA
            AAAAAAAAE2xlYXJuZXJfbW9kZWxfcGFyYW17TAAAAAAAAAAKYmFzZV9zY29yZVNMAAAAAAAAAAczLjc1RS0xTAAAAAAAAAASYm9vc3RfZnJv
            bV9hdmVyYWdlU0wAAAAAAAAAATFMAAAAAAAAAAludW1fY2xhc3NTTAAAAAAAAAABMEwAAAAAAAAAC251bV9mZWF0dXJlU0wAAAAAAAAAATJM
            AAAAAAAAAApudW1fdGFyZ2V0U0wAAAAAAAAAATF9TAAAAAAAAAAJb2JqZWN0aXZle0wAAAAAAAAABG5hbWVTTAAAAAAAAAAPYmluYXJ5Omxv
            Z2lzdGljTAAAAAAAAAAOcmVnX2xvc3NfcGFyYW17TAAAAAAAAAAQc2NhbGVfcG9zX3dlaWdodFNMAAAAAAAAAAExfX19TAAAAAAAAAAHdmVy
            c2lvblsjTAAAAAAAAAADaQNpAGkEfQ==
            """;

    /** A blend as format 2 keeps it: a line, a spline with three products, and a tree. */
    private static final String KEPT_BLEND = """
            TUxSQ0hVUk4AAAACAAAAAgARcmVjZW5jeV9vdmVyX21lYW4ACm9yZGVyc185MGQ/2AAAAAAAAAAAAAK/9AAAAAAAAD/AAAAAAAAAAAAAAz/QAAAA
            AAAAAEwAAAACAAAAAAACQBQ9QBV3SqpAAAAAAAAAAAAAAAAAAAAAAAAABEAVGkQB8DnPP/r8li/JYv0AAAAAAAAAAD/PJYvyWL8mAAAABEAHLZwQ
            cTcNP+7x8icjyYcAAAAAAAAAAD/bdklsnknoAAAAAAAAAAAAAAAAAAAAAAAAAAM/1xfmSQUVA7+g2PyXCNpvP6SoZT9/vck/i90L8cuwmT/gAAAA
            AAAAAEwAAAACAAAAAAACQBQ9QBV3SqpAAAAAAAAAAAAAAAJADYI8T46FL0Ab67IFN+WUAAAAAj/wAAAAAAAAQAAAAAAAAAAAAAAIQBUaRAHwOc8/
            +vyWL8li/QAAAAAAAAAAP88li/JYvyZAARwSIAfKoj/iGBVjE+ifP+rhR64UeuE/ynQNp0DadAAAAAhABy2cEHE3DT/u8fInI8mHAAAAAAAAAAA/
            23ZJbJ5J6EABy8COWCGLP+6Ab2molOk/567RZq9dlj/Z6h1862GSAAAAAwAAAAEAAAAFAAAAAwAAAAMAAAAAAAAAAAAAAAEAAAADP26e22G/p4+/
            nhR2um4Ccj+KLayV4CCnAAAAAz/w3Dp4AxL7P/DfuMdiY9A/8A1+Cm9UIAAAAAq/+Fo6f7Silz+U0ol8hJrwP759sfk2i+A/9Iql0Bo1Iz/yWkcK
            geIjv7SmBmaQs1w/y/bUAy9zrT/T5E+1yrkwP9abhVF0O6o/u2nDXQPB6z/Hlr15dBgrP9AAAAAAAAAAVAAABcN7TAAAAAAAAAAHbGVhcm5lcntM
            AAAAAAAAAAphdHRyaWJ1dGVze31MAAAAAAAAAA1mZWF0dXJlX25hbWVzWyNMAAAAAAAAAABMAAAAAAAAAA1mZWF0dXJlX3R5cGVzWyNMAAAAAAAA
            AABMAAAAAAAAABBncmFkaWVudF9ib29zdGVye0wAAAAAAAAABW1vZGVse0wAAAAAAAAAEmdidHJlZV9tb2RlbF9wYXJhbXtMAAAAAAAAABFudW1f
            cGFyYWxsZWxfdHJlZVNMAAAAAAAAAAExTAAAAAAAAAAJbnVtX3RyZWVzU0wAAAAAAAAAATF9TAAAAAAAAAAQaXRlcmF0aW9uX2luZHB0clsjTAAA
            AAAAAAACaQBpAUwAAAAAAAAACXRyZWVfaW5mb1sjTAAAAAAAAAABaQBMAAAAAAAAAAV0cmVlc1sjTAAAAAAAAAABe0wAAAAAAAAADGJhc2Vfd2Vp
            Z2h0c1skZCNMAAAAAAAAAAM9L5jbPADdR7vNry9MAAAAAAAAAApjYXRlZ29yaWVzWyRsI0wAAAAAAAAAAEwAAAAAAAAAEGNhdGVnb3JpZXNfbm9k
            ZXNbJGwjTAAAAAAAAAAATAAAAAAAAAATY2F0ZWdvcmllc19zZWdtZW50c1skTCNMAAAAAAAAAABMAAAAAAAAABBjYXRlZ29yaWVzX3NpemVzWyRM
            I0wAAAAAAAAAAEwAAAAAAAAADGRlZmF1bHRfbGVmdFskVSNMAAAAAAAAAAMBAABMAAAAAAAAAAJpZGkATAAAAAAAAAANbGVmdF9jaGlsZHJlblsk
            bCNMAAAAAAAAAAMAAAAB//////////9MAAAAAAAAAAxsb3NzX2NoYW5nZXNbJGQjTAAAAAAAAAADP5/XXgAAAAAAAAAATAAAAAAAAAAHcGFyZW50
            c1skbCNMAAAAAAAAAAN/////AAAAAAAAAABMAAAAAAAAAA5yaWdodF9jaGlsZHJlblskbCNMAAAAAAAAAAMAAAAC//////////9MAAAAAAAAABBz
            cGxpdF9jb25kaXRpb25zWyRkI0wAAAAAAAAAA0AAAAA8AN1Hu82vL0wAAAAAAAAADXNwbGl0X2luZGljZXNbJGwjTAAAAAAAAAADAAAAAQAAAAAA
            AAAATAAAAAAAAAAKc3BsaXRfdHlwZVskVSNMAAAAAAAAAAMAAABMAAAAAAAAAAtzdW1faGVzc2lhblskZCNMAAAAAAAAAANCcv08QhD+WUHD/cVM
            AAAAAAAAAAp0cmVlX3BhcmFte0wAAAAAAAAAC251bV9kZWxldGVkU0wAAAAAAAAAATBMAAAAAAAAAAtudW1fZmVhdHVyZVNMAAAAAAAAAAEyTAAA
            AAAAAAAJbnVtX25vZGVzU0wAAAAAAAAAATNMAAAAAAAAABBzaXplX2xlYWZfdmVjdG9yU0wAAAAAAAAAATF9fX1MAAAAAAAAAARuYW1lU0wAAAAA
            AAAABmdidHJlZX1MAAAAAAAAABNsZWFybmVyX21vZGVsX3BhcmFte0wAAAAAAAAACmJhc2Vfc2NvcmVTTAAAAAAAAAAMNS4wMzMzMzMzRS0xTAAA
            AAAAAAASYm9vc3RfZnJvbV9hdmVyYWdlU0wAAAAAAAAAATFMAAAAAAAAAAludW1fY2xhc3NTTAAAAAAAAAABMEwAAAAAAAAAC251bV9mZWF0dXJl
            U0wAAAAAAAAAATJMAAAAAAAAAApudW1fdGFyZ2V0U0wAAAAAAAAAATF9TAAAAAAAAAAJb2JqZWN0aXZle0wAAAAAAAAABG5hbWVTTAAAAAAAAAAP
            YmluYXJ5OmxvZ2lzdGljTAAAAAAAAAAOcmVnX2xvc3NfcGFyYW17TAAAAAAAAAAQc2NhbGVfcG9zX3dlaWdodFNMAAAAAAAAAAExfX19TAAAAAAA
            AAAHdmVyc2lvblsjTAAAAAAAAAADaQNpAGkEfQ==
            """;

    private static final ChurnTrainer.Options OPTIONS = new ChurnTrainer.Options(4, 42, 2);

    private static TrainingSet learned;
    private static TrainingSet unseen;
    private static ChurnFit fit;

    @BeforeAll
    static void fit() {
        learned = Shoppers.history(600, 3, 1);
        unseen = Shoppers.history(1000, 1, 2);
        fit = new ChurnTrainer(OPTIONS, new InProcess()).fit(learned);
    }

    private static double auc(ModelKind kind) {
        return Ranking.auc(fit.models().get(kind).probabilities(unseen.rows()), unseen.labels());
    }

    @Test
    void everyKindLearnsMoreThanRecencyTellsAndTreesSeeWhatNoLineDoes() {
        double recency = Ranking.auc(unseen.column("recency_days"), unseen.labels());

        assertThat(auc(ModelKind.LOGISTIC_REGRESSION)).isGreaterThan(recency + 0.02);
        assertThat(auc(ModelKind.XGBOOST)).isGreaterThan(auc(ModelKind.LOGISTIC_REGRESSION) + 0.03);
        assertThat(auc(ModelKind.BLEND)).isGreaterThan(auc(ModelKind.XGBOOST) - 0.003);
    }

    @Test
    void probabilitiesMeanWhatTheySay() {
        for (ModelKind kind : ModelKind.values()) {
            double[] probabilities = fit.models().get(kind).probabilities(unseen.rows());
            double expected = Arrays.stream(probabilities).sum();

            assertThat(expected).as(kind.label()).isCloseTo(unseen.positives(), within(45.0));
            assertThat(fit.outOfFold().get(kind).metrics().get("auc")).isCloseTo(auc(kind), within(0.03));
        }
    }

    @Test
    void contributionsAddUpToTheLogOddsOfTheProbability() {
        for (ChurnModel model : fit.models().values()) {
            double[] probabilities = model.probabilities(unseen.rows());
            double[][] contributions = model.contributions(unseen.rows());
            for (int i = 0; i < probabilities.length; i++) {
                double logOdds = Math.log(probabilities[i] / (1 - probabilities[i]));
                assertThat(Arrays.stream(contributions[i]).sum()).isCloseTo(logOdds, within(1e-4));
            }
        }
    }

    @Test
    void theFeatureThatDecidesContributesMostAndNoiseLeast() {
        double[] sizes = new double[Shoppers.FEATURES.size()];
        for (double[] row : fit.models().get(ModelKind.BLEND).contributions(unseen.rows())) {
            Arrays.setAll(sizes, j -> sizes[j] + Math.abs(row[j]));
        }

        assertThat(sizes[0]).isGreaterThan(sizes[2]);
        assertThat(sizes[3]).isLessThan(sizes[2] / 3);
    }

    @Test
    void theSameRowsAndSeedGiveTheSameBytesOnAnyNumberOfThreads() {
        ChurnFit again = new ChurnTrainer(new ChurnTrainer.Options(4, 42, 1), new InProcess()).fit(learned);
        ChurnFit other = new ChurnTrainer(new ChurnTrainer.Options(4, 43, 2), new InProcess()).fit(learned);

        assertThat(again.members()).isEqualTo(fit.members());
        fit.models()
                .forEach((kind, model) -> assertThat(again.models().get(kind).toBytes())
                        .as(kind.label())
                        .isEqualTo(model.toBytes()));
        assertThat(other.models().get(ModelKind.XGBOOST).toBytes())
                .isNotEqualTo(fit.models().get(ModelKind.XGBOOST).toBytes());
    }

    @Test
    void aModelComesBackFromItsBytesWithTheSameScores() {
        for (ChurnModel model : fit.models().values()) {
            ChurnModel back = ChurnModel.ofBytes(model.toBytes());

            assertThat(back.features()).isEqualTo(Shoppers.FEATURES);
            assertThat(back.baseRate()).isEqualTo(model.baseRate());
            assertThat(back.probabilities(unseen.rows())).isEqualTo(model.probabilities(unseen.rows()));
            assertThat(back.contributions(unseen.rows())).isDeepEqualTo(model.contributions(unseen.rows()));
        }
    }

    @Test
    void aModelThatWasKeptLongAgoScoresAsItDid() {
        ChurnModel kept = ChurnModel.ofBytes(Base64.getMimeDecoder().decode(KEPT));
        double[][] rows = {{1.5, 120}, {8, Double.NaN}, {Double.NaN, 10}};

        assertThat(kept.features()).containsExactly("recency_over_mean", "monetary_365d");
        assertThat(kept.probabilities(rows))
                .containsExactly(
                        new double[] {0.039452849953125875, 0.6832895891586429, 0.1611170736753412}, within(1e-6));
    }

    @Test
    void aBlendThatWasKeptLongAgoScoresAndExplainsAsItDid() {
        ChurnModel kept = ChurnModel.ofBytes(Base64.getMimeDecoder().decode(KEPT_BLEND));
        double[][] rows = {{1.5, 0}, {8, Double.NaN}, {Double.NaN, 3}};

        assertThat(kept.features()).containsExactly("recency_over_mean", "orders_90d");
        assertThat(kept.probabilities(rows))
                .containsExactly(
                        new double[] {0.6628634460278147, 0.6309309938635994, 0.36116340036824013}, within(1e-6));
        assertThat(kept.contributions(rows)[2])
                .containsExactly(
                        new double[] {-0.6745249569031044, 0.10493300590279371, -7.262693806527332E-4}, within(1e-6));
        assertThat(ChurnModel.ofBytes(kept.toBytes()).probabilities(rows)).isEqualTo(kept.probabilities(rows));
    }

    @Test
    void whatHasNoWeightInABlendIsNotKept() {
        fit.members().forEach((kind, members) -> {
            assertThat(members.values())
                    .as(kind.label())
                    .allSatisfy(weight -> assertThat(weight).isPositive());
            assertThat(members.values().stream().mapToDouble(w -> w).sum()).isCloseTo(1, within(1e-9));
        });
        assertThat(fit.members().get(ModelKind.LOGISTIC_REGRESSION)).containsOnlyKeys("logistic regression");
        assertThat(fit.members().get(ModelKind.BLEND)).hasSizeGreaterThan(1);
    }

    @Test
    void aKindByItselfIsTheSameModelAsAmongOthers() {
        for (ModelKind kind : ModelKind.values()) {
            ChurnFit alone = new ChurnTrainer(OPTIONS, new InProcess()).fit(learned, Set.of(kind));

            assertThat(alone.models()).containsOnlyKeys(kind);
            assertThat(alone.models().get(kind).toBytes())
                    .as(kind.label())
                    .isEqualTo(fit.models().get(kind).toBytes());
        }
    }

    @Test
    void bytesThatAreNoModelAreRefusedWithTheReason() {
        byte[] bytes = fit.models().get(ModelKind.BLEND).toBytes();
        byte[] later = bytes.clone();
        later[11] = 9;

        assertThatThrownBy(() -> ChurnModel.ofBytes("something else".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("do not start with MLRCHURN");
        assertThatThrownBy(() -> ChurnModel.ofBytes(later))
                .hasMessageContaining("version 9 and this Millrace reads versions 1 to 2");
        for (int length = 8; length < bytes.length; length += 997) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ChurnModel.ofBytes(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void calibrationMendsScoresThatAreTooSure() {
        SplittableRandom random = new SplittableRandom(5);
        double[] margins = new double[4000];
        double[] tooSure = new double[margins.length];
        int[] labels = new int[margins.length];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = random.nextDouble() * 4 - 3;
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-margins[i])) ? 1 : 0;
            tooSure[i] = 1 / (1 + Math.exp(-3 * margins[i]));
        }
        double[] scores = Arrays.stream(margins).map(m -> 3 * m).toArray();
        double[] mended = PlattCalibration.fit(scores, labels).apply(scores);

        assertThat(ProbabilityScore.brier(mended, labels)).isLessThan(ProbabilityScore.brier(tooSure, labels) - 0.01);
        assertThat(Ranking.auc(mended, labels)).isEqualTo(Ranking.auc(tooSure, labels));
    }

    @Test
    void aFeatureThatIsMissingEverywhereAndOneThatNeverVariesDoNoHarm() {
        double[][] rows = Arrays.stream(learned.rows())
                .map(r -> new double[] {r[0], Double.NaN, 7})
                .toArray(double[][]::new);
        TrainingSet set =
                TrainingSet.independent(java.util.List.of("recency_days", "never", "always"), rows, learned.labels());

        for (ChurnModel model :
                new ChurnTrainer(OPTIONS, new InProcess()).fit(set).models().values()) {
            assertThat(model.probabilities(new double[][] {{170, 5, 7}, {5, 5, 7}}))
                    .satisfies(p -> assertThat(p[0]).isGreaterThan(p[1] + 0.3));
        }
    }

    @Test
    void tooFewOfAClassAreNotLearnedFrom() {
        TrainingSet few = Shoppers.history(12, 1, 3);

        assertThat(ChurnTrainer.suffices(few)).isFalse();
        assertThatThrownBy(() -> new ChurnTrainer(OPTIONS, new InProcess()).fit(few))
                .hasMessageContaining("at least 10 of each class");
    }
}
